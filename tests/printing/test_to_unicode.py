from hypothesis import given
from hypothesis import strategies as st

from lakthan.printing.to_unicode import BLOCK, _entries, _table

GLYPHS = st.integers(min_value=0, max_value=0xFFFE)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3)


@given(st.dictionaries(GLYPHS, TEXTS, max_size=300))
def test_a_table_that_was_written_is_read_the_same(meanings: dict[int, str]) -> None:
    assert _entries(_table(meanings)) == meanings


@given(st.dictionaries(GLYPHS, TEXTS, max_size=300))
def test_no_block_of_a_table_is_longer_than_pdf_allows(meanings: dict[int, str]) -> None:
    blocks = _table(meanings).split(b" beginbfchar\n")[1:]
    assert all(block.partition(b"endbfchar")[0].count(b"\n") <= BLOCK for block in blocks)
    assert len(blocks) == -(-len(meanings) // BLOCK)


def test_the_order_of_glyphs_does_not_change_the_table() -> None:
    assert _table({2: "ข", 1: "ก"}) == _table({1: "ก", 2: "ข"})
