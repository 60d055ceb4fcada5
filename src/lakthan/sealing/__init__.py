"""Pure sealing: canonical bytes and the hashes of the log. Proofs and signatures join it when papers are sealed."""
