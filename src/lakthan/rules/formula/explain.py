"""A formula in one sentence, Thai or English, as it stands on the paper under "method of calculation"."""

from lakthan.core.dates import Language
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.formula.explain_en import english
from lakthan.rules.formula.explain_th import thai
from lakthan.rules.formula.grammar import Formula


def sentence(formula: Formula, fiscal_year: FiscalYear, lang: Language) -> str:
    """What the formula counts and divides, every option told, for the fiscal year reported on.

    The English sentence ends with a full stop, the Thai one with nothing, as each language does.
    """
    return thai(formula, fiscal_year) if lang == "th" else english(formula, fiscal_year)
