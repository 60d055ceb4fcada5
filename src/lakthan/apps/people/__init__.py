"""Units, users, memberships and delegations."""
