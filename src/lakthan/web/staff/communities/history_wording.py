"""Words for the history of a community: what somebody did, and the fields and values that were written."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lakthan.apps.ledger.reading import Personal
from lakthan.apps.planning.community_history import About
from lakthan.core.dates import format_date
from lakthan.core.digits import format_number
from lakthan.core.money import format_baht
from lakthan.rules.eligibility import Status
from lakthan.web.staff.communities.wording import STATUSES
from lakthan.web.staff.inclusions.wording import REASONS
from lakthan.web.staff.meetings.wording import purpose_words
from lakthan.web.staff.paths.wording import OUTCOMES, WORKS
from lakthan.web.staff.paths.wording import WAYS as WAYS_OF_TELLING
from lakthan.web.staff.plans.wording import STATES
from lakthan.web.wording import FIELDS as PLAN_FIELDS
from lakthan.web.wording import WAYS, Words, community_type, in_language, plan_kind

ABOUT: Mapping[About, Promise] = {
    About.REGISTER: _("The register"),
    About.PLANS: _("Plans and projects"),
    About.DECISIONS: _("Decisions and work"),
    About.MEETINGS: _("Meetings"),
}
"""What a reader narrows the history to."""
ACTS: Mapping[str, Promise] = {
    "communities.register_community": _("Entered in the register"),
    "communities.describe_community": _("Type or sub-district corrected"),
    "communities.rename_community": _("Name corrected"),
    "communities.change_status": _("Status recorded"),
    "communities.seat_committee": _("Committee recorded"),
    "communities.judge_committee": _("Committee judged"),
    "communities.give_seat": _("Somebody speaks for the community"),
    "communities.end_seat": _("A seat ended"),
    "ledger.erase_personal_values": _("Personal values erased"),
    "planning.adopt_plan": _("Community plan recorded"),
    "planning.propose_project": _("Project proposed"),
    "planning.mend_project": _("Project corrected"),
    "planning.mend_validity": _("Validity of the plan corrected"),
    "planning.begin_proposal": _("Preparation of a plan begun"),
    "planning.save_proposal": _("Plan in preparation changed"),
    "planning.note_projects": _("Projects noted at a meeting added to the plan in preparation"),
    "planning.send_proposal": _("Plan sent to the district"),
    "planning.withdraw_proposal": _("Plan taken back by the community"),
    "planning.return_proposal": _("Plan returned to the community"),
    "planning.confirm_proposal": _("Plan confirmed by the district"),
    "planning.drop_proposal": _("Plan in preparation dropped"),
    "planning.include_project": _("Project included in the action plan"),
    "planning.mend_inclusion": _("Item of the action plan corrected"),
    "planning.decline_project": _("Project not included, with a reason"),
    "planning.mend_decline": _("Reason for not including corrected"),
    "planning.withdraw_decision": _("Decision withdrawn"),
    "planning.confirm_action_plan": _("List of the action plan confirmed by the director"),
    "planning.tell_community": _("Community told of the decision"),
    "planning.settle_notice": _("What became of the e-mail"),
    "planning.ask_reconsideration": _("Community asked for another look"),
    "planning.answer_reconsideration": _("Request for another look answered"),
    "planning.report_work": _("Progress of the work reported"),
    "planning.prove_work": _("File of the work attached"),
    "planning.confirm_work": _("Community's word on the finished work"),
    "planning.schedule_meeting": _("Meeting scheduled"),
    "planning.record_meeting": _("Held meeting recorded"),
    "planning.hold_meeting": _("Meeting held"),
    "planning.record_attendance": _("Attendance recorded"),
    "planning.correct_meeting": _("Record of a meeting corrected"),
    "planning.correct_attendance": _("Attendance corrected"),
    "planning.postpone_meeting": _("Meeting put off"),
    "planning.reschedule_meeting": _("New day of the meeting"),
    "planning.cancel_meeting": _("Meeting cancelled"),
    "planning.prove_meeting": _("File of the meeting attached"),
    "planning.record_field_form": _("Form filled in at the meeting received"),
}
"""What somebody did. A test finds every act that the services write about what belongs to a community."""
FIELDS: Mapping[str, Words] = {
    "code": _("Code"),
    "name": _("Name"),
    "title": _("Title"),
    "purpose": _("Purpose"),
    "type": _("Type"),
    "sub_district": _("Sub-district"),
    "status": _("Status"),
    "state": _("Status"),
    "kind": _("Kind"),
    "number": _("Number"),
    "year": pgettext_lazy("of a meeting", "Year"),
    "item_number": _("Item"),
    "fiscal_year": _("Fiscal year"),
    "group": _("Group"),
    "people": _("People"),
    "effective_on": _("In effect from"),
    "adopted_on": _("Adopted on"),
    "valid_from": _("First day"),
    "valid_to": _("Last day"),
    "valid_until": _("Valid until"),
    "term_ends_on": _("Term ends on"),
    "scheduled_on": _("Scheduled for"),
    "postponed_to": _("Put off to"),
    "starts_at": _("Begins at"),
    "ends_at": _("Ends at"),
    "place": _("Place"),
    "held_on": _("Held on"),
    "cancelled_on": _("Cancelled on"),
    "sent_on": _("Sent on"),
    "answered_on": _("Answered on"),
    "ended_on": _("Ended on"),
    "houses": _("Houses"),
    "members": _("Members of the committee"),
    "able": _("Judgement"),
    "is_done": _("The community says"),
    "is_upheld": _("Answer"),
    "chair_name": _("Chair"),
    "chair_phone": _("Telephone of the chair"),
    "field": pgettext_lazy("of a plan", "Field"),
    "way": _("How"),
    "priority": _("Priority"),
    "budget": _("Budget"),
    "estimate": _("Estimate"),
    "document": _("Document"),
    "resolution": _("Resolution"),
    "is_withdrawn": _("What was told"),
    "outcome": _("What became of it"),
    "reason_code": _("Kind of reason"),
    "reason": _("The reason"),
    "reasons": _("The reasons"),
    "correction": _("Why it was corrected after the list was confirmed"),
    "end_reason": _("The reason"),
    "cancellation_reason": _("The reason"),
    "return_reason": _("The reason"),
    "answer": _("Words of the answer"),
    "answer_document": _("Document of the answer"),
    "note": _("Note"),
    "notes": _("What was said and agreed"),
    "proves": _("What the file proves"),
    "problem": _("Problem"),
    "aim": _("Aim"),
    "projects": _("Projects"),
    **PLAN_FIELDS,
}
"""The fields that the history shows, in this order."""
DAYS: Mapping[str, Promise] = {
    "planning.communityplan": _("Adopted on"),
    "planning.decisionnotice": _("Told on"),
    "planning.reconsideration": _("Asked on"),
    "planning.inclusion": _("Decided on"),
    "planning.decline": _("Decided on"),
    "planning.actionplanconfirmation": _("Confirmed on"),
    "planning.workprogress": _("Day"),
    "planning.workconfirmation": _("Day"),
    "planning.meetingpostponement": _("Day"),
    "planning.meetingcorrection": _("Day"),
}
"""What the day of a kind of record is called, where it is not the day from which something is in effect."""
UNSAID = frozenset(
    {
        "id",
        "recorded_at",
        "unit",
        "community",
        "meeting",
        "plan",
        "project",
        "proposal",
        "inclusion",
        "decline",
        "action_plan",
        "evidence",
        "user",
        "reviews",
        "copied_from",
        "activity_number",
        "filled_in_by",
        "before",
        "turn",
        "end_is_correction",
    }
)
"""Fields that a reader learns from elsewhere: the link of the line, the page behind it, or the line beside it."""


def field_words(kind: str, name: str) -> str:
    """What a field is called in a record of this kind."""
    return str(DAYS[kind] if name == "effective_on" and kind in DAYS else FIELDS[name])


def value_words(name: str, value: Any) -> str:
    """A value of the ledger as a reader reads it."""
    match value:
        case None | "" | []:
            return "–"
        case Personal():
            return value.value or gettext("personal, not shown")
        case _ if name in _NAMED:
            return str(_NAMED[name](value))
        case str() if name.endswith("_on") or name in ("valid_from", "valid_to", "valid_until", "postponed_to"):
            return format_date(date.fromisoformat(value), "en" if _is_english() else "th", "short")
        case int() if name in ("houses", "people"):
            return format_number(value)
        case _:
            return str(value)


def _baht(value: str) -> str:
    return format_baht(Decimal(value), "plain" if _is_english() else "document")


def _is_english() -> bool:
    return in_language("th", "en") == "en"


def _one_of(*tables: Mapping[Any, Any]) -> Callable[[str], Any]:
    """The words of a choice; a code that nobody has words for is shown as it is."""
    words = {str(code): each for table in tables for code, each in table.items()}
    return lambda value: words.get(value, value)


def _either(yes: Promise, no: Promise) -> Callable[[bool], Promise]:
    return lambda value: yes if value else no


_NAMED: Mapping[str, Callable[[Any], Any]] = {
    "status": lambda value: STATUSES[Status(value)],
    "state": _one_of(STATES, WORKS),
    "type": community_type,
    "kind": plan_kind,
    "purpose": purpose_words,
    "field": _one_of(PLAN_FIELDS),
    "way": _one_of(WAYS, WAYS_OF_TELLING),
    "outcome": _one_of(OUTCOMES, {"claimed": _("being sent")}),
    "reason_code": _one_of(REASONS),
    "able": _either(_("Yes, it can work"), _("No, it cannot work")),
    "is_done": _either(_("the work is done"), _("the work is not done yet")),
    "is_upheld": _either(_("the decision is changed"), _("the decision stands")),
    "is_withdrawn": _either(_("that the decision was withdrawn"), _("the decision as it stands")),
    "budget": _baht,
    "estimate": _baht,
    "starts_at": lambda value: value[:5],
    "ends_at": lambda value: value[:5],
    "projects": lambda value: " · ".join(project.get("name") or "–" for project in value),
}
