"""What goes where: a JSON document alone on stdout, words for people on stderr beside it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

import click

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | bool | date | None
"""Money and percentages are text with two decimals and counts are integers, so there are no floats here."""


def print_json(document: Json) -> None:
    """Print a document on stdout, Thai as it is, dates in ISO form."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=_iso))


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON; give it as text")


def note(line: str) -> None:
    """Tell the person at the terminal something that is no part of the answer."""
    click.echo(line, err=True)
