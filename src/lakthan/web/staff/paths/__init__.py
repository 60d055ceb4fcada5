"""Pages of what follows a decision: a project's path, letters to communities, and what these answer."""
