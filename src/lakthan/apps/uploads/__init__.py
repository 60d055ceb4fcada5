"""Files of tables that people send in, and what became of each."""
