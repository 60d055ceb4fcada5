"""The command line speaks the language of its reader."""

import pytest

from lakthan.cli.language import from_environment


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "th_TH.UTF-8"}, "th"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "th_TH.UTF-8"}, "th"),
        ({"LANG": "th_TH.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "th_TH.UTF-8", "LC_ALL": ""}, "th"),
        ({"LANG": "th_TH.UTF-8", "LAKTHAN_LANGUAGE": "en"}, "en"),
        ({"LAKTHAN_LANGUAGE": "th"}, "th"),
        ({"LAKTHAN_LANGUAGE": "fr", "LANG": "th_TH.UTF-8"}, "th"),
    ],
)
def test_the_environment_decides_the_language(environment: dict[str, str], language: str) -> None:
    assert from_environment(environment) == language
