"""Periods, reports, and the one bridge from registers to figures."""
