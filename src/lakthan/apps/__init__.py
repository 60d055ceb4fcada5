"""Django apps, low to high: ledger, people, evidence, communities, then planning, budget and indicators, then reporting."""
