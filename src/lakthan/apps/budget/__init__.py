"""Money transferred to districts, and what became of it."""
