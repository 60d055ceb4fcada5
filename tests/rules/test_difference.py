import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lakthan.core.digits import NUMBER
from lakthan.core.thai import clusters
from lakthan.rules.difference import LONGEST, SHORT, Change, Piece, changed, difference, units
from tests.house.source import DOCS
from tests.printing.clusters import CLUSTERS, WORDS

SIGNS = {Change.KEPT: ("", ""), Change.REMOVED: ("[", "]"), Change.ADDED: ("{", "}")}
TABLE = re.compile(r"^\| `(?P<before>[^`]*)` \| `(?P<after>[^`]*)` \| `(?P<told>[^`]*)` \|$", re.MULTILINE)
EXAMPLES = [match.groups() for match in TABLE.finditer((DOCS / "review.md").read_text("utf-8"))]

pieces_of_text = st.sampled_from(
    [
        *WORDS,
        *CLUSTERS[::97],
        "สำนักงานเขต",
        "ร้อยละ",
        "ประชุม",
        "86.00",
        "1,182",
        "๓๔",
        "12/2563",
        "report",
        " ",
        "  ",
        "\n",
        "\r\n",
        ".",
    ]
)
texts = st.lists(pieces_of_text | st.text(max_size=3), max_size=25).map("".join)
Edits = list[tuple[int, int, str]]
edits = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5), pieces_of_text), max_size=4)


def told(pieces: tuple[Piece, ...]) -> str:
    """Removed text in [], added text in {}."""
    return "".join(SIGNS[piece.change][0] + piece.text + SIGNS[piece.change][1] for piece in pieces)


def side(pieces: tuple[Piece, ...], *changes: Change) -> str:
    return "".join(piece.text for piece in pieces if piece.change in changes)


def edited(text: str, changes: Edits) -> str:
    for place, length, new in changes:
        text = text[:place] + new + text[place + length :]
    return text


@pytest.mark.parametrize(("before", "after", "expected"), EXAMPLES)
def test_the_worked_examples_of_the_documentation_hold(before: str, after: str, expected: str) -> None:
    assert told(difference(before, after)) == expected


def test_the_documentation_has_worked_examples() -> None:
    assert len(EXAMPLES) >= 8


@given(texts, texts)
@example("", "")
@example("\u0e35", "\u0e01\u0e35")
@example("1\u0e35", "1,")
def test_both_texts_come_back_whole(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert side(pieces, Change.KEPT, Change.REMOVED) == before
    assert side(pieces, Change.KEPT, Change.ADDED) == after
    assert changed(pieces) == (before != after)


@given(texts, edits)
def test_no_piece_cuts_a_letter_or_a_number(before: str, changes: Edits) -> None:
    after = edited(before, changes)
    pieces = difference(before, after)
    for text, gone in ((before, Change.ADDED), (after, Change.REMOVED)):
        ends, place = set(), 0
        for piece in pieces:
            if piece.change is not gone:
                place += len(piece.text)
                ends.add(place)
        letters, place = {0}, 0
        for letter in clusters(text):
            place += len(letter)
            letters.add(place)
        assert ends <= letters
        inside = {at for number in NUMBER.finditer(text) for at in range(number.start() + 1, number.end())}
        assert not ends & inside


@given(texts, edits)
def test_pieces_read_in_order_and_a_changed_number_stands_alone(before: str, changes: Edits) -> None:
    pieces = difference(before, edited(before, changes))
    assert all(piece.text for piece in pieces)
    for one, next_ in pairwise(pieces):
        assert (one.change, next_.change) != (Change.ADDED, Change.REMOVED), (
            "what was removed stands before what was added"
        )
        if one.change is next_.change:
            assert one.is_number or next_.is_number
    for piece in pieces:
        assert piece.is_number == (piece.change is not Change.KEPT and bool(NUMBER.match(piece.text)))


@given(texts, edits)
def test_no_crumb_is_kept_between_two_changes(before: str, changes: Edits) -> None:
    pieces = difference(before, edited(before, changes))
    for number in range(1, len(pieces) - 1):
        piece = pieces[number]
        divides = NUMBER.search(piece.text) or set(piece.text) & {"\r", "\n"}
        if piece.change is Change.KEPT and not divides:
            assert len("".join(piece.text.split())) > SHORT


@given(texts)
def test_an_equal_text_is_one_kept_piece(text: str) -> None:
    assert difference(text, text) == ((Piece(Change.KEPT, text),) if text else ())


@given(texts)
def test_units_are_the_text(text: str) -> None:
    assert "".join(units(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("เขียน", "เขีย|น"),
        ("เดือนละ", "เดือ|น|ละ"),
        ("หัวตัว", "หัว|ตัว"),
        ("เป็นเก็บ", "เป็น|เก็บ"),
        ("จันทร์", "จัน|ทร์"),
        ("เกาะ", "เกาะ"),
        ("ทุกๆ", "ทุ|กๆ"),
        ("COVID-19", "COVID|-|19"),
        ("don't", "don't"),
        ("ร้อยละ 86.00", "ร้|อ|ย|ละ| |86.00"),
        ("1,182แห่ง", "1,182|แห่|ง"),
        ("๓,๒๖๗", "๓,๒๖๗"),
        ("ก\r\nข", "ก|\r\n|ข"),
        ("👩‍👩‍👧🇹🇭👍🏽", "👩‍👩‍👧|🇹🇭|👍🏽"),
    ],
)
def test_what_belongs_together_is_one_unit(text: str, expected: str) -> None:
    assert "|".join(units(text)) == expected


def test_pages_that_have_nothing_in_common_are_compared_by_phrase() -> None:
    before, after = "ก" * (LONGEST + 1), "ข" * (LONGEST + 1)
    assert difference(before, after) == (Piece(Change.REMOVED, before), Piece(Change.ADDED, after))
