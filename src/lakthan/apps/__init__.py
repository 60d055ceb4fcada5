"""Django apps, low to high: ledger, people, evidence, communities; planning, budget, indicators; reporting."""
