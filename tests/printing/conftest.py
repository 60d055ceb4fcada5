"""The printing fonts and a printed report, made once for all tests of the room."""

from pathlib import Path

import pytest

from lakthan.printing.pdf import render_pdf
from lakthan.printing.thai_font import FontSet, built_fonts
from tests.printing.samples import year_paper


@pytest.fixture(scope="session")
def font_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def fonts(font_cache: Path) -> FontSet:
    return built_fonts(font_cache)


@pytest.fixture(scope="session")
def year_pdf(fonts: FontSet) -> bytes:
    return render_pdf(year_paper(), fonts)
