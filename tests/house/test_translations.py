"""Every text of the pages is in the catalog, and every text of the catalog is translated."""

import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from pytest_django import Settings

from lakthan.web import catalogs
from tests.house.source import PACKAGE

CATALOG = Path("web") / "locale" / "th" / "LC_MESSAGES" / "django.po"


def _read(path: Path) -> Catalog:
    with path.open("rb") as text:
        return read_po(text, locale="th", abort_invalid=True)


def _texts(catalog: Catalog) -> set[tuple[str, str]]:
    return {(message.context or "", str(message.id)) for message in catalog if message.id}


@pytest.mark.one_database
def test_the_catalog_holds_every_text_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    copy = tmp_path / "lakthan"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    monkeypatch.setattr(catalogs, "PACKAGE", copy)
    settings.LOCALE_PATHS = [copy / "web" / "locale"]
    catalogs.collect_texts()
    assert _texts(_read(copy / CATALOG)) == _texts(_read(PACKAGE / CATALOG)), "run `make translations`"


def test_every_text_is_translated() -> None:
    catalog = _read(PACKAGE / CATALOG)
    untranslated = [message.id for message in catalog if message.id and not all(_strings(message.string))]
    assert untranslated == []
    assert [message.id for message in catalog if message.id and message.fuzzy] == []


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)
