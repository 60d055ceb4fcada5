"""In and out: printed reports, community lists, reference data."""
