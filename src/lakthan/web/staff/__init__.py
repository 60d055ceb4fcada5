"""The pages of officers: their work, and the life of one report."""
