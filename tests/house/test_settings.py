"""Every environment variable that the code reads is documented, and no other."""

import re

from tests.house.source import DOCS, ROOT, source_files

READ = re.compile(r"""(?:env\.\w+|environ\.get|environment\.get|getenv)\(\s*"([A-Z_]+)\"""")
DOCUMENTED = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)


def test_every_setting_is_documented_and_no_other() -> None:
    read = {name for path in source_files() for name in READ.findall(path.read_text("utf-8"))}
    assert read == set(DOCUMENTED.findall((DOCS / "settings.md").read_text("utf-8")))


def test_the_variables_of_the_tests_are_named_too() -> None:
    assert "LAKTHAN_TESTS_DATABASE_URL" in (DOCS / "settings.md").read_text("utf-8")
    assert "LAKTHAN_TESTS_DATABASE_URL" in (ROOT / "tests" / "postgresql.py").read_text("utf-8")
