"""A paper as one HTML page, from which the PDF is made."""

from functools import cache
from pathlib import Path

from django.template import Context, Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lakthan.core.dates import BANGKOK
from lakthan.printing import form
from lakthan.printing.composition import Block, BlockKind, Section, compose
from lakthan.printing.no_break import may_break_between, split_terms
from lakthan.printing.paper import Paper

HERE = Path(__file__).parent
ZERO_WIDTH_SPACE = "\u200b"


@cache
def _engine() -> Engine:
    """A template engine of our own: printing works without Django settings."""
    return Engine(dirs=[str(HERE / "templates")], autoescape=True)


def paper_html(paper: Paper) -> str:
    """The paper as a complete HTML document without styles; all texts escaped, protected terms in spans."""
    composition = compose(paper)
    names = paper.protected_terms
    context = {
        "title": f"{form.TITLE} {paper.indicator_code} {form.period_words(paper)}",
        "agency": paper.agency,
        "printed_at": paper.printed_at.astimezone(BANGKOK).isoformat(timespec="seconds"),
        "mark": form.state_mark(paper),
        "head": form.running_head(paper),
        "foot": form.running_foot(paper),
        "heading": composition.title,
        "subtitle": composition.subtitle,
        "sections": [_section(section, names) for section in composition.sections],
        "closing": [_block(block, names) for block in composition.closing],
        "annex": [_section(section, names) for section in composition.annex],
    }
    return _engine().get_template("paper.html").render(Context(context))


def _section(section: Section, names: tuple[str, ...]) -> dict[str, object]:
    blocks = [_block(block, names) for block in section.blocks]
    return {"tag": f"h{section.depth + 1}", "heading": _protected(section.heading, names), "blocks": blocks}


def _block(block: Block, names: tuple[str, ...]) -> dict[str, object]:
    if block.kind is BlockKind.SIGNATURE:
        lines = [_to_write_on(line) for line in block.lines]
    else:
        lines = [_protected(line, names) for line in block.lines]
    return {"kind": str(block.kind), "lines": lines}


def _to_write_on(text: str) -> SafeString:
    """Escaped text whose dots are a dotted line, long enough for a signature."""
    before, dots, after = text.partition(form.DOTS)
    blank = format_html('<span class="blank">{}</span>', dots) if dots else ""
    return format_html("{}{}{}", before, blank, after)


def _protected(text: str, names: tuple[str, ...]) -> SafeString:
    """Escaped text with a span around each term that must not break, and room to break beside it."""
    html: list[str] = []
    before = ""
    for piece, whole in split_terms(text, names):
        if may_break_between(before, piece):
            html.append(ZERO_WIDTH_SPACE)
        html.append(format_html('<span class="term">{}</span>', piece) if whole else piece)
        before = piece
    return format_html_join("", "{}", ((piece,) for piece in html))
