"""Which lines of a report can be taken out without a sign of the loss."""

from collections import Counter
from collections.abc import Iterator, Sequence

from lakthan.exchange.printed_report import NotAReport, PlanNodeText, PrintedReport, read_report, uncovered


def signs(report: PrintedReport) -> Counter[tuple[str, str]]:
    """How often each doubt stands in each field."""
    return Counter((doubt.field, doubt.reason_en) for doubt in report.doubtful)


def without_sign(text: str, nodes: Sequence[PlanNodeText]) -> Iterator[int]:
    """The lines, from 1, whose loss neither refuses the report nor adds a doubt; nothing else may be lost with any."""
    lines = text.split("\n")
    whole = signs(read_report(text.encode(), nodes))
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                report = read_report("\n".join([*lines[: number - 1], *lines[number:]]).encode(), nodes)
            except NotAReport:
                continue
            assert uncovered(report.text, report) == ()
            if not signs(report) - whole:
                yield number
