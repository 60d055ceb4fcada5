"""Every kind of fact has its source, its way of being shown, and its writer in these tests."""

from lakthan.apps.reporting.measures import SOURCES
from lakthan.apps.reporting.traces import TRACERS
from lakthan.rules.facts import FACT_KINDS, FactKind
from tests.figures.storing import WRITERS


def test_every_kind_of_fact_stands_in_every_table() -> None:
    assert set(FactKind) == set(FACT_KINDS) == set(SOURCES) == set(TRACERS) == set(WRITERS)


def test_a_source_has_the_columns_that_its_kind_carries() -> None:
    for kind, spec in FACT_KINDS.items():
        source = SOURCES[kind]
        assert bool(source.community) == spec.has_community, kind
        assert bool(source.fiscal_year) == spec.has_fiscal_year, kind
        assert set(spec.attributes) <= set(source.attributes), kind
        assert not spec.has_amount or source.amount, kind
