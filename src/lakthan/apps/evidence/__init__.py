"""Files that prove something, by digest."""
