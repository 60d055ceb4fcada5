"""Fixtures of the tests of pages."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from playwright.sync_api import ConsoleMessage, Page

from tests.demonstration import served


@pytest.fixture(scope="session")
def base_url() -> str:
    """In the place of the one of pytest-base-url, whose form pytest 9 deprecates; tests write whole addresses."""
    return ""


@pytest.fixture(autouse=True)
def _in_thai() -> Iterator[None]:
    """A request leaves its language behind, and with it the addresses that tests make."""
    with translation.override("th"):
        yield


@pytest.fixture(scope="module")
def home(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a demonstration city of one module's own, to write in."""
    return Path(shutil.copytree(demo_home, tmp_path_factory.mktemp("own") / "home"))


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[str]:
    """The address of that city, served; `demo_site` is the one that all share and only read."""
    with served(home) as address:
        yield address


@pytest.fixture
def quiet(page: Page) -> Iterator[None]:
    """What a page does that the browser complains of fails the test."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "404 (Not Found)" not in message.text:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("requestfailed", lambda request: complaints.append(f"{request.url} {request.failure}"))
    yield
    assert complaints == []
