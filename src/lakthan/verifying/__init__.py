"""Pure verifying: takes a paper apart and checks it. Empty until papers are sealed."""
