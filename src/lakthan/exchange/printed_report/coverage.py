"""The proof that nothing of the input was lost: every character is in a field or is furniture."""

from collections.abc import Iterator, Mapping, Sequence

from lakthan.core.digits import to_arabic
from lakthan.exchange.printed_report.form import FURNITURE
from lakthan.exchange.printed_report.model import Piece, PrintedReport, Repair, RepairKind

_QUOTES = str.maketrans("“”", "??")


def uncovered(text: str, report: PrintedReport) -> tuple[Piece, ...]:
    """The stretches of the input that a report does not account for; empty where nothing was lost.

    A stretch is given with the place "" where no piece covers it, and with the place of its piece where that is
    furniture of which the form knows nothing, or a field that does not hold the same words. Words are compared
    without white space, after the repairs that `report.repaired` declares.
    """
    return (*_gaps(text, report.pieces), *_false_furniture(text, report), *_lost_words(text, report))


def _gaps(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    done = 0
    for piece in pieces:
        if piece.start != done:
            yield Piece(min(done, piece.start), max(done, piece.start), "")
        done = piece.end
    if done != len(text):
        yield Piece(min(done, len(text)), max(done, len(text)), "")


def _false_furniture(text: str, report: PrintedReport) -> Iterator[Piece]:
    places = report.texts()
    for piece in report.pieces:
        if piece.place not in places:
            kind = FURNITURE.get(piece.place)
            if kind is None or not kind.fullmatch(text[piece.start : piece.end]):
                yield piece


def _lost_words(text: str, report: PrintedReport) -> Iterator[Piece]:
    typed = _mended_by_place(text, report)
    for place, texts in report.texts().items():
        if _key(typed.get(place, "")) != _key("".join(texts)):
            pieces = [piece for piece in report.pieces if piece.place == place]
            yield from pieces or [Piece(0, len(text), place)]


def _mended_by_place(text: str, report: PrintedReport) -> Mapping[str, str]:
    """Place -> all its characters in order, with the normalisations of `repaired` made again by their offsets."""
    normalised = [repair for repair in report.repaired if repair.kind is RepairKind.NORMALISED]
    by_offset = {(r.field, offset): r for r in normalised for offset in range(r.start, r.end)}
    words: dict[str, list[str]] = {}
    last: Repair | None = None
    for piece in report.pieces:
        for offset in range(piece.start, piece.end):
            repair = by_offset.get((piece.place, offset))
            if repair is None or repair is not last:
                words.setdefault(piece.place, []).append(text[offset] if repair is None else repair.after)
            last = repair or last
    return {place: "".join(parts) for place, parts in words.items()}


def _key(words: str) -> str:
    return "".join(to_arabic(words).translate(_QUOTES).split())
