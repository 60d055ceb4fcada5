"""The plan tree, indicators, their definitions, assignments and targets."""
