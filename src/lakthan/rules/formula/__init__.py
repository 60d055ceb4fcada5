"""Formulas: one closed grammar, read, explained in a sentence, and evaluated over facts."""
