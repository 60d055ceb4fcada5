"""Staff and public pages."""
