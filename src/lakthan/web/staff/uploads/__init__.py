"""Workbooks out and in: download, send back, look at what would happen, confirm."""
