"""Styles and fonts: what the pages ask for is there, built under names that may be kept for good, and nothing more."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from tests.house.source import PACKAGE
from tests.web.pages import REPORTS, Page

ASKED_FOR = {
    "bootstrap/bootstrap.min.css",
    "bootstrap/bootstrap.min.css.map",
    "fonts/sarabun/sarabun-latin-400-normal.woff2",
    "fonts/sarabun/sarabun-latin-600-normal.woff2",
    "fonts/sarabun/sarabun-thai-400-normal.woff2",
    "fonts/sarabun/sarabun-thai-600-normal.woff2",
    "account/js/onload.js",
    "mfa/js/webauthn-json.js",
    "mfa/js/webauthn.js",
} | {
    name
    for template in (PACKAGE / "web" / "templates").rglob("*.html")
    for name in re.findall(r"{% static '(lakthan/[^']+)' %}", template.read_text("utf-8"))
}
"""What comes in packages, and those of our own files that a template names."""


@pytest.fixture
def built(tmp_path: Path, settings: Settings) -> Path:
    """The static files as production builds them."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "static"


@pytest.mark.one_database
def test_production_builds_what_pages_ask_for_and_nothing_else(built: Path) -> None:
    names = json.loads((built / "staticfiles.json").read_text("utf-8"))["paths"]
    assert set(names) == ASKED_FOR
    assert all((built / hashed).is_file() for hashed in names.values())


@pytest.mark.one_database
def test_built_styles_ask_for_fonts_under_their_built_names(built: Path) -> None:
    names = json.loads((built / "staticfiles.json").read_text("utf-8"))["paths"]
    styles = (built / names["lakthan/lakthan.css"]).read_text("utf-8")
    fonts = {Path(hashed).name for name, hashed in names.items() if name.startswith("fonts/")}
    asked = {address for address in re.findall(r'url\("([^"]+)"\)', styles) if not address.startswith("data:")}
    assert {Path(address).name for address in asked} == fonts


def test_a_built_page_asks_for_built_files_only(demo_city: None, built: Path) -> None:
    pages = [Page(Client().get(address).content.decode()) for address in ("/", REPORTS["report of the year"])]
    asked = {link for page in pages for link in page.values("href") if link.startswith("/static/")}
    assert len(asked) == 6
    assert all((built / link.removeprefix("/static/")).is_file() for link in asked)


@pytest.mark.django_db
@pytest.mark.one_database
def test_while_developing_files_are_served_from_where_they_lie(client: Client) -> None:
    assert all(finders.find(name) for name in ASKED_FOR)
    answer = client.get("/static/lakthan/lakthan.css")
    assert answer["Content-Type"].startswith("text/css")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    answer.close()
