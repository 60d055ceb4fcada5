"""The catalogs of translated text: compiled without gettext's programs, collected with them.

`python -m lakthan.web.catalogs` compiles; `python -m lakthan.web.catalogs collect` brings the texts of templates and
code into the catalogs first, where a translator fills in what is new. Compiled catalogs are made, not kept.
"""

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "web" / "locale"


def compile_catalogs(locale: Path = LOCALE) -> tuple[Path, ...]:
    """Write the compiled catalog beside each catalog under `locale`; gives the files written."""
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as text:
            catalog = read_po(text, locale=source.parts[-3], abort_invalid=True)
        compiled = source.with_suffix(".mo")
        part = compiled.with_suffix(f".{os.getpid()}")
        with part.open("wb") as binary:
            write_mo(binary, catalog)
        part.replace(compiled)  # in one step: a server may be reading
        written.append(compiled)
    return tuple(written)


def collect_texts() -> None:
    """Bring the texts of templates and code into the catalogs of `settings.LOCALE_PATHS`. Needs gettext's programs."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lakthan.config.settings")
    django.setup()
    started_in = Path.cwd()
    os.chdir(PACKAGE)
    try:
        call_command(
            "makemessages",
            locale=["th"],
            ignore_patterns=["*/locale"],
            no_location=True,
            no_wrap=True,
            no_obsolete=True,
            extensions=["html", "py"],
            verbosity=0,
        )
    finally:
        os.chdir(started_in)


if __name__ == "__main__":
    if sys.argv[1:] == ["collect"]:
        collect_texts()
    compile_catalogs()
