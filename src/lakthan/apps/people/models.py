"""The city, its units with dated codes and groups, users, memberships and delegations."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from lakthan.apps.identifiers import new_id
from lakthan.apps.records import Record
from lakthan.rules.permissions import Role


class City(Record):
    """The city that this installation serves; one row.

    A demonstration city declares a simulated clock: `simulated_now` is then the present, on screens and papers.
    """

    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    is_demonstration = models.BooleanField(default=False)
    simulated_now = models.DateTimeField(null=True)


class Unit(Record):
    """An organisational unit: the city itself, a bureau, a division, a district office."""

    class Kind(models.TextChoices):
        CITY = "city"
        BUREAU = "bureau"
        DIVISION = "division"
        DISTRICT = "district"

    kind = models.CharField(max_length=16, choices=Kind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "kind", "name_th", "valid_from"], name="people_unit_once"),
        ]


class UnitCode(Record):
    """A code of a unit in a scheme, with the days between which it is in use."""

    class Scheme(models.TextChoices):
        BMA4 = "bma4"
        BMA8 = "bma8"
        DOPA = "dopa"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=8, choices=Scheme)
    code = models.CharField(max_length=16)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "valid_from"], name="people_unit_code_once"),
        ]
        indexes = [models.Index(fields=["unit", "scheme", "valid_from"], name="people_unit_code_unit")]


class UnitGroup(Record):
    """A group of districts (กลุ่มการปฏิบัติงาน)."""

    code = models.CharField(max_length=32, unique=True)
    name_th = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)


class UnitGroupMembership(Record):
    """That a district belongs to a group between two days."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="group_memberships")
    group = models.ForeignKey(UnitGroup, on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="people_unit_group_once")]


class User(AbstractBaseUser):
    """A person who signs in. Names and address are personal: they enter the ledger as salted digests."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"login", "name_th", "name_en", "email"})

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField(editable=False)
    login = models.CharField(max_length=64, unique=True)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name_th"]
    objects = BaseUserManager["User"]()


class Membership(Record):
    """A role that a user has in a unit between two days."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=32, choices=[(role.value, role.value) for role in Role])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "user", "role", "valid_from"], name="people_membership_once"),
        ]


class Delegation(Record):
    """That a person acts with the authority of an office between two days, under a numbered order.

    The person is a user, or, for offices outside the system, the office that acts (`deputy_office`). A user who is
    handed a role acts with it in the unit as long as the order is in force; without a role the order is only stated.
    """

    class Kind(models.TextChoices):
        ACTING_FOR = "acting-for"
        """ปฏิบัติราชการแทน: authority handed over while the holder is in office."""
        ACTING_IN_PLACE = "acting-in-place"
        """รักษาราชการแทน: the office has no holder, or the holder cannot act."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="delegations")
    kind = models.CharField(max_length=16, choices=Kind)
    office = models.CharField(max_length=200)
    role = models.CharField(max_length=32, blank=True, choices=[(role.value, role.value) for role in Role])
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="delegations")
    deputy_office = models.CharField(max_length=200, blank=True)
    order_number = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deputy__isnull=False) | ~models.Q(deputy_office=""), name="people_delegation_deputy"
            ),
        ]
