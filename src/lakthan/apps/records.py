"""What every record has, and the field that keeps money exact."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lakthan.apps.identifiers import new_id

SATANG = 100


if TYPE_CHECKING:
    # The stubs cannot say that a nullable field gives None; callers of nullable amounts check for it.
    _Satang = models.BigIntegerField[Any, Any]
else:
    _Satang = models.BigIntegerField


class MoneyField(_Satang):
    """Baht as `Decimal` with two places, stored as whole satang so that sums are exact on every database."""

    description = "Money in baht"
    decimal_places = 2
    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def from_db_value(self, value: int | Decimal | None, *_: object) -> Decimal | None:
        """Satang to baht."""
        return None if value is None else (Decimal(value) / SATANG).quantize(Decimal("0.01"))

    def to_python(self, value: Any) -> Decimal | None:
        """Anything a form or a fixture gives, to baht; refuses fractions of a satang."""
        if value is None:
            return None
        baht = Decimal(value)
        if baht != baht.quantize(Decimal("0.01")):
            raise ValidationError(_("An amount has at most two decimals."))
        return baht.quantize(Decimal("0.01"))

    def get_prep_value(self, value: Any) -> int | None:
        """Baht to satang."""
        baht = self.to_python(value)
        return None if baht is None else int(baht * SATANG)


class Record(models.Model):
    """A row that services write: an opaque identifier and the moment it was entered."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields that enter the ledger as salted digests only."""
    unstated_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields that do not enter the ledger, because another field holds their digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True


class UnitRecord(Record):
    """A row of one unit's daily work.

    The unit stands in every unique key and equals the unit of every other unit record it points to, so that the
    tables can later be distributed by district (docs/decisions/0003-rows-by-unit.md).
    """

    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
