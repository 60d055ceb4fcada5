"""A community's committee against the regulation: how many members are missing, and when its term needs attention.

Source: BMA regulation on communities and community committees B.E. 2555 (2012). That members are missing is arithmetic;
whether the committee can work nevertheless is the district's judgement, which is recorded and not computed.
"""

from datetime import date, timedelta

from lakthan.rules.eligibility import required_members

DAYS_OF_NOTICE = 60
"""Before a term ends: two monthly meetings of the community, one to announce the election and one to hold it."""


def missing_members(houses: int, members: int) -> int:
    """How many members a committee of a community with so many houses lacks; 0 where it is complete."""
    return max(required_members(houses) - members, 0)


def term_needs_attention(term_ends_on: date, on: date) -> bool:
    """Whether a term ends within the days of notice, or has ended."""
    return term_ends_on <= on + timedelta(days=DAYS_OF_NOTICE)


def judgement_is_of(effective_on: date, seated_on: date) -> bool:
    """Whether a judgement is of the committee that was seated on a day, and not of the one before it."""
    return effective_on >= seated_on
