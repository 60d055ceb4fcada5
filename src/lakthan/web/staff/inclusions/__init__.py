"""Deciding about projects of communities, and the annual action plan of a district."""
