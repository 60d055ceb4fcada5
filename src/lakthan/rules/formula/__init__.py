"""Formulas: one closed grammar, as told in docs/formulas.md.

`grammar` has the shapes, `parse` reads and writes them as plain data, `explain` says a formula in a sentence,
`evaluate` computes it over facts and `tally` over the roll-up, `breakdown` parts a figure by a dimension.
"""
