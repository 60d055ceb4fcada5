"""The bureau's project, community plans and projects, meetings, action plans and their decisions."""
