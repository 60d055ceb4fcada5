"""Requests for data: sent, answered, chased and closed."""
