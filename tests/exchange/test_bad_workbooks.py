"""Bad files: each gets a clear sentence in both languages and changes nothing."""

import re
import resource

import pytest

from lakthan.apps.ledger.models import Entry
from lakthan.core.errors import UserError
from tests.exchange.bad_workbooks import BAD, Bad, blank_rows
from tests.exchange.keeping import district, give

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.why)
def test_a_bad_file_is_refused_and_changes_nothing(bad: Bad) -> None:
    district()
    entries = Entry.objects.count()
    content = bad.content()
    try:
        outcome = give(content, bad.kind, name=bad.name)
    except UserError as error:
        th, en = error.th, error.en
    else:
        assert outcome.result.refused, "nothing was refused"
        th, en = outcome.result.refused[0].reason_th, outcome.result.refused[0].reason_en
    assert re.search(bad.says, en), en
    assert re.search("[ก-๙]", th)
    assert th != en
    assert Entry.objects.count() == entries


def test_there_are_thirty_of_them() -> None:
    assert len(BAD) >= 30
    assert len({bad.why for bad in BAD}) == len(BAD)


@pytest.mark.one_database  # a file is read the same
def test_blank_rows_take_no_memory() -> None:
    content = blank_rows(100_000)
    district()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    give(content, "communities")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024
