"""Community plans: prepared, sent, confirmed, listed and printed."""
