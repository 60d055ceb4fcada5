"""Meetings: the list, a meeting's page with what can be done, who met for what, and the form for a telephone."""
