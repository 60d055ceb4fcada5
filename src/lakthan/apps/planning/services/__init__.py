"""Writes of planning: bureau projects, meetings, requests for data, community plans, decisions."""
