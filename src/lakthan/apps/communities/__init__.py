"""The register of communities."""
