"""Passwords in tests: kept the same way as in production, at the least cost that the algorithm takes."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2id that takes no time; production's cost is a tenth of a second for each password."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1

    def must_update(self, encoded: str) -> bool:
        """Passwords of the demonstration, which is built at production's cost, are left as they are."""
        return False
