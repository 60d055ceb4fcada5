"""Periods, and which reports of them have come in."""
