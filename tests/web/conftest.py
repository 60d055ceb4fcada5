"""Fixtures of the tests of pages."""

import pytest


@pytest.fixture(scope="session")
def base_url() -> str:
    """In the place of the one of pytest-base-url, whose form pytest 9 deprecates; tests write whole addresses."""
    return ""
