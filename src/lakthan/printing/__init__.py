"""Printing: plain data of a report -> HTML -> PDF. Knows no table, no request and no clock."""
