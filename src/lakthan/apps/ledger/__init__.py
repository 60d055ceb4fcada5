"""What was done, by whom, and the running tallies: the lowest app, which knows no other."""
