"""The register of communities: the list, a community with its history, and what the district's officer does with it."""
