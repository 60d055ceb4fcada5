"""Office files as evidence: taken by their content, refused where they can act by themselves."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lakthan.apps.evidence import office
from lakthan.apps.evidence.office import office_type
from lakthan.core.errors import UserError

FAMILY = "application/vnd.openxmlformats-officedocument."
WORD, SHEET, SLIDES = (
    f"{FAMILY}{kind}" for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(*types: str, **parts: str) -> bytes:
    """A package that declares parts of these types; `parts` are further ones, with _ for / and __ for a dot."""
    declared = "".join(f'<Override PartName="/{number}" ContentType="{type_}"/>' for number, type_ in enumerate(types))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", f"<Types>{declared}</Types>")
        for name, content in parts.items():
            made.writestr(name.replace("__", ".").replace("_", "/"), content)
    return buffer.getvalue()


def relation(kind: str, mode: str = "External") -> str:
    return f'<Relationships><Relationship Type="{RELATIONS}/{kind}" Target="x" TargetMode="{mode}"/></Relationships>'


@pytest.mark.parametrize("kind", [WORD, SHEET, SLIDES])
def test_a_document_a_sheet_and_slides_are_told_apart_by_their_content(kind: str) -> None:
    assert office_type(package(f"{kind}.main+xml"), "x.pdf") == kind


def test_links_to_pages_and_pictures_do_no_harm() -> None:
    plain = package(f"{WORD}.main+xml", word__rels=relation("hyperlink"), word_image=relation("image"))
    assert office_type(plain, "x") == WORD


@pytest.mark.parametrize(
    "content",
    [
        package("application/vnd.ms-word.document.macroEnabled.main+xml"),
        package(f"{SHEET}.main+xml", "application/vnd.ms-office.vbaProject"),
        package(f"{WORD}.main+xml", word_vbaProject__bin="x"),
        package(f"{WORD}.main+xml", word_activeX_activeX1__xml="x"),
        package(f"{WORD}.main+xml", word_embeddings_oleObject1__bin="x"),
        package(f"{WORD}.main+xml", word__rels_settings__xml__rels=relation("attachedTemplate")),
        package(f"{SHEET}.main+xml", xl__rels_a__rels=relation("oleObject", "Internal")),
    ],
)
def test_what_can_act_by_itself_is_refused(content: bytes) -> None:
    with pytest.raises(UserError, match="holds macros, embedded objects or a template"):
        office_type(content, "x")


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "UNPACKED", 1000)
    with pytest.raises(UserError, match="unpacks to too much"):
        office_type(package(f"{WORD}.main+xml", word_document__xml="0" * 100_000), "x")


@pytest.mark.parametrize("hidden", ['<!DOCTYPE x [<!ENTITY a "b">]><Types/>', "<Types>", "\x00<Types/>"])
def test_a_description_that_declares_entities_or_is_broken_is_refused(hidden: str) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("[Content_Types].xml", hidden)
    with pytest.raises(UserError, match="damaged or locked"):
        office_type(buffer.getvalue(), "x")


def test_an_old_or_locked_file_is_refused_with_the_way_out() -> None:
    with pytest.raises(UserError, match=r"save it as PDF, \.docx or \.xlsx"):
        office_type(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old.doc")


def test_an_archive_that_is_no_office_file_is_none() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("a.txt", "x")
    assert office_type(buffer.getvalue(), "x") is None
    assert office_type(package(f"{WORD}.main+xml", f"{SHEET}.main+xml"), "x") is None, "two documents in one"


@given(st.integers(0, 400), st.binary(max_size=20))
@example(362, b"\x01")  # its table of contents tells of a part that begins before the file
def test_a_damaged_file_is_refused_or_passed_over_and_never_fails(at: int, junk: bytes) -> None:
    whole = package(f"{WORD}.main+xml", word_document__xml="ก" * 50)
    broken = whole[:at] + junk + whole[at + len(junk) :]
    with suppress(UserError):
        assert office_type(broken, "x") in (None, WORD)
