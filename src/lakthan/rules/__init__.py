"""Pure rules: formulas, eligibility, permissions. Knows no clock, no I/O and no Django."""
