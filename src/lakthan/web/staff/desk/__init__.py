"""The desk of the strategy bureau: indicators, their definitions, who answers for them, and the plan they serve."""
