"""Writes of money: append-only lines, no balance ever below zero."""
