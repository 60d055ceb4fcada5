"""A formula as the fields of a form: text in, plain data out, and back.

The name of a field is the path of the grammar, so that a problem of `parse` names its field: `matching.fact`,
`steps[2].weight`. A field has a list of values, as a form sends them; most have one. What does not apply to what was
chosen is neither shown nor taken: a form may send it along, and it is there again when the choice is taken back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lakthan.core.digits import to_arabic
from lakthan.rules.facts import FACT_KINDS, FactKind
from lakthan.rules.formula.grammar import Formula, FormulaKind, ReportedInput, RollUp
from lakthan.rules.formula.parse import BOOKED_KINDS, MONEY_KINDS, formula_data

Values = Mapping[str, Sequence[str]]

SEVERAL = (".types", ".fiscal_years")
"""Last parts of fields that hold a list."""
STEP_PARTS = ("code", "name_th", "name_en", "weight")
MOST_STEPS = 100

_STEP = re.compile(r"steps\[(\d{1,3})\]\.(code|name_th|name_en|weight)")
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


def formula_fields(formula: Formula) -> dict[str, list[str]]:
    """The values of the fields that give this formula."""
    return dict(_flat(formula_data(formula), ""))


def data_of_fields(values: Values) -> dict[str, object]:
    """What the fields say, as plain data for `parse_formula`; fields that are left empty are left out."""
    data: dict[str, Any] = {}
    for name in fields_shown(values):
        given = [text for text in map(str.strip, values.get(name, ())) if text]
        if given:
            _put(data, name, _value(name, given))
    return data | _required(data, values)


def fields_shown(values: Values) -> tuple[str, ...]:
    """The fields that apply to what is chosen so far, in the order of a form."""
    return ("kind", *_of_kind(values))


def without_empty_steps(values: Values) -> dict[str, list[str]]:
    """The values with the rows of steps that say nothing taken out and the others counted anew."""
    kept = {name: list(given) for name, given in values.items() if not _STEP.fullmatch(name)}
    rows = [row for row in range(steps_given(values)) if any(_one(values, f"steps[{row}].{p}") for p in STEP_PARTS)]
    for place, row in enumerate(rows):
        kept |= {f"steps[{place}].{part}": [_one(values, f"steps[{row}].{part}")] for part in STEP_PARTS}
    return kept


def steps_given(values: Values) -> int:
    """How many rows of steps the fields have."""
    places = [int(found[1]) + 1 for found in map(_STEP.fullmatch, values) if found]
    return min(max(places, default=0), MOST_STEPS)


def _of_kind(values: Values) -> tuple[str, ...]:
    match _one(values, "kind"):
        case FormulaKind.SHARE:
            return (*_population(values), *_query("matching", values), "at_least", "scale")
        case FormulaKind.RATIO:
            return (*_term("numerator", values), *_term("denominator", values), "scale")
        case FormulaKind.COUNT | FormulaKind.SUM | FormulaKind.MEAN:
            return _query("over", values)
        case FormulaKind.STEPS:
            rows = range(max(1, steps_given(values)))
            return (*(f"steps[{row}].{part}" for row in rows for part in STEP_PARTS), "scale")
        case FormulaKind.REPORTED:
            return ("input", "roll_up", *_of_reported(values))
        case _:
            return ()


def _population(values: Values) -> tuple[str, ...]:
    counts_communities = _one(values, "population.of") == "communities"
    return ("population.of", *(f"population.{part}" for part in ("basis", "on", "types") if counts_communities))


def _query(place: str, values: Values) -> tuple[str, ...]:
    fact = _one(values, f"{place}.fact")
    if fact not in set(FactKind):
        return (f"{place}.fact",)
    years = (f"{place}.fiscal_years",) if fact in BOOKED_KINDS else ()
    filters = (f"{place}.filters.{name}" for name in FACT_KINDS[FactKind(fact)].attributes)
    return (f"{place}.fact", *years, f"{place}.since", *filters)


def _term(place: str, values: Values) -> tuple[str, ...]:
    has_money = _one(values, f"{place}.fact") in MONEY_KINDS
    return (*_query(place, values), *((f"{place}.measure",) if has_money else ()))


def _of_reported(values: Values) -> Iterator[str]:
    if _one(values, "input") != ReportedInput.VALUE:
        yield "scale"
    if _one(values, "roll_up") == RollUp.SHARE_MEETING_TARGET:
        yield "unit_target"


def _one(values: Values, name: str) -> str:
    """The last value of a field that says something, as in `data_of_fields`."""
    return next((text for text in map(str.strip, reversed(values.get(name, ()))) if text), "")


def is_list(name: str) -> bool:
    """Whether a field holds any number of values."""
    return name.endswith(SEVERAL)


def _value(name: str, given: Sequence[str]) -> object:
    if is_list(name):
        return [_whole(text) if name.endswith("fiscal_years") else text for text in given]
    if name in ("at_least", "scale"):
        return _whole(given[-1])
    if name == "unit_target" or name.endswith(".weight"):
        return to_arabic(given[-1]).replace(",", "")
    return given[-1]


def _whole(text: str) -> object:
    """The whole number that a text says; else the text, which the grammar refuses by the name of its field."""
    plain = to_arabic(text).replace(",", "")
    return int(plain) if _WHOLE.fullmatch(plain) else text


def _put(data: dict[str, Any], name: str, value: object) -> None:
    """Store a value at the path of a field."""
    step = _STEP.fullmatch(name)
    if step is not None:
        rows = data.setdefault("steps", [])
        rows.extend({} for _ in range(len(rows), int(step[1]) + 1))
        rows[int(step[1])][step[2]] = value
        return
    here = data
    *above, last = name.split(".")
    for part in above:
        here = here.setdefault(part, {})
    here[last] = value


def _required(data: Mapping[str, object], values: Values) -> dict[str, object]:
    """The parts that a kind cannot do without, where none of their fields is filled in: their problems name fields."""
    parts = {name.partition(".")[0] for name in fields_shown(values) if "." in name and not name.startswith("steps")}
    return {part: {} for part in sorted(parts - data.keys())}


def _flat(data: object, path: str) -> Iterator[tuple[str, list[str]]]:
    """Every leaf of plain data with its path."""
    if isinstance(data, Mapping):
        for key, inner in data.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list) and path == "steps":
        for place, inner in enumerate(data):
            yield from _flat(inner, f"steps[{place}]")
    elif isinstance(data, list):
        yield path, [str(item) for item in data]
    else:
        yield path, [str(data)]
