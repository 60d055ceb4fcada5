"""Communities with their dated status, committees, and the district's judgement of each committee."""

from typing import ClassVar

from django.db import models

from lakthan.apps.records import UnitRecord
from lakthan.rules.eligibility import Status

LONGEST_NAME, LONGEST_SUB_DISTRICT = 200, 100
"""Characters. PostgreSQL refuses more, SQLite would not."""


class Community(UnitRecord):
    """A community in the register of its district."""

    class Type(models.TextChoices):
        """Regulation 2555; the set of regulation 2564 joins when its text is recorded."""

        CROWDED = "crowded", "ชุมชนแออัด"
        URBAN = "urban", "ชุมชนเมือง"
        SUBURBAN = "suburban", "ชุมชนชานเมือง"
        HOUSING_AUTHORITY = "housing-authority", "เคหะชุมชน"
        HOUSING_ESTATE = "housing-estate", "ชุมชนหมู่บ้านจัดสรร"
        HIGH_RISE = "high-rise", "ชุมชนอาคารสูง"

    code = models.CharField(max_length=16)
    """District code and running number: 5001-0001."""
    name = models.CharField(max_length=LONGEST_NAME)
    sub_district = models.CharField(max_length=LONGEST_SUB_DISTRICT, blank=True)
    type = models.CharField(max_length=20, choices=Type)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="communities_community_code"),
            models.UniqueConstraint(fields=["unit", "name"], name="communities_community_name"),
        ]


class CommunityStatus(UnitRecord):
    """The status a community has from a day on."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in Status])
    effective_on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "community", "effective_on"], name="communities_status_once"),
        ]


class Committee(UnitRecord):
    """One term of a community's committee. Names of its members are personal."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"chair_name", "chair_phone"})

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="committees")
    effective_on = models.DateField()
    term_ends_on = models.DateField()
    houses = models.PositiveIntegerField()
    members = models.PositiveIntegerField()
    chair_name = models.CharField(max_length=200, blank=True)
    chair_phone = models.CharField(max_length=50, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "community", "effective_on"], name="communities_committee_once"),
        ]


class CommitteeJudgement(UnitRecord):
    """The district's judgement, from a day on, whether a community's committee is complete enough to work."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="judgements")
    effective_on = models.DateField()
    able = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "community", "effective_on"], name="communities_judgement_once"),
        ]


class CommunitySeat(UnitRecord):
    """That a user speaks for a community between two days. It ends with the committee's term, or is passed on."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="seats")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    """Last day."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "community", "user", "valid_from"], name="communities_seat_once"),
        ]
