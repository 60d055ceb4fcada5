"""Writes of reporting: periods, reports and the steps of their life, values that no register holds."""
