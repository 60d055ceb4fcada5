"""What an import did, in the shape of the command line's contract."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken in, and why. `row` is the line of the file, from 1."""

    row: int
    column: str
    reason_th: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Mended:
    """Something that was changed on the way in because it has only one reading."""

    row: int
    field: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Something kept as it stands that a person should look at."""

    row: int
    field: str
    text: str
    reason_th: str
    reason_en: str
    suggestion: tuple[str, ...] = ()


@dataclass
class ImportResult:
    """Counts add up: created + changed + unchanged + len(refused) == read."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    repaired: list[Mended] = field(default_factory=list)
    doubtful: list[Doubtful] = field(default_factory=list)

    def count(self, before: object, after: object) -> None:
        """Count one row by its record before (None: there was none) and after."""
        if before is None:
            self.created += 1
        elif before == after:
            self.unchanged += 1
        else:
            self.changed += 1
