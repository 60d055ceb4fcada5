"""Money in the database: whole satang, so that nothing is rounded and every sum is exact."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lakthan.apps.ledger.models import Tally
from lakthan.apps.records import MoneyField

pytestmark = pytest.mark.django_db

LARGEST = 2**63 - 1
satang = st.integers(-LARGEST, LARGEST)


def store(amounts: Sequence[Decimal]) -> None:
    """One row for each amount."""
    unit = "00000000-0000-7000-8000-000000000001"
    rows = [
        Tally(unit_id=unit, kind="transfer", label=str(number), fiscal_year=0, effective_quarter=0, amount=amount)
        for number, amount in enumerate(amounts)
    ]
    Tally.objects.bulk_create(rows)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(satang)
def test_an_amount_comes_back_as_it_was_stored_with_two_decimals(amount: int) -> None:
    with transaction.atomic():
        store([Decimal(amount).scaleb(-2)])
        found = Tally.objects.get().amount
        assert (found, str(found)[-3]) == (Decimal(amount).scaleb(-2), ".")
        transaction.set_rollback(True)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=20))
def test_a_sum_is_exact(amounts: list[int]) -> None:
    with transaction.atomic():
        store([Decimal(amount).scaleb(-2) for amount in amounts])
        total = Tally.objects.aggregate(total=Sum("amount"))["total"]
        assert total == Decimal(sum(amounts)).scaleb(-2)
        transaction.set_rollback(True)


def test_ten_times_ten_satang_is_one_baht() -> None:
    store([Decimal("0.10")] * 10)
    assert Tally.objects.aggregate(total=Sum("amount"))["total"] == 1


def test_a_sum_over_nothing_is_nothing_not_zero() -> None:
    assert Tally.objects.aggregate(total=Sum("amount"))["total"] is None


def test_the_database_holds_whole_satang() -> None:
    store([Decimal("583203.25")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount FROM ledger_tally")
        assert cursor.fetchone() == (58320325,)


def test_amounts_can_be_compared_and_added_to_in_the_database() -> None:
    store([Decimal("1.00"), Decimal("2.50")])
    assert Tally.objects.filter(amount__gt=Decimal("1.00")).count() == 1
    assert Tally.objects.filter(amount=Decimal("2.5")).count() == 1
    Tally.objects.update(amount=F("amount") + 50)  # satang: a sum in the database is one of stored values
    assert sorted(Tally.objects.values_list("amount", flat=True)) == [Decimal("1.50"), Decimal("3.00")]


@pytest.mark.parametrize("amount", [Decimal("0.001"), Decimal("1E-9"), Decimal("NaN"), 0.1, "0.005"])
def test_a_fraction_of_a_satang_is_refused(amount: Any) -> None:
    with pytest.raises(ValidationError):
        MoneyField().get_prep_value(amount)
    with pytest.raises(ValidationError), transaction.atomic():
        store([amount])
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    ("given", "stored"),
    [(1, 100), (Decimal("1.5"), 150), ("1.50", 150), (Decimal("1.500"), 150), (0.5, 50), (None, None)],
)
def test_what_is_exact_is_taken_in_any_form(given: Any, stored: int | None) -> None:
    assert MoneyField().get_prep_value(given) == stored


def test_nothing_stays_nothing() -> None:
    assert MoneyField().from_db_value(None) is None
    assert MoneyField().to_python(None) is None
