"""Errors that are shown to users."""


class UserError(ValueError):
    """A user's mistake: one Thai and one English sentence that name the place and the mend."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(en)
        self.th = th
        self.en = en

    def __reduce__(self) -> tuple[type["UserError"], tuple[str, str]]:
        """Survive pickling with both sentences (worker processes, test runners)."""
        return (type(self), (self.th, self.en))


class NotFound(UserError):  # noqa: N818 - reads as the answer it is
    """What was asked for does not exist, or is not for the one who asks."""


class Conflict(UserError):  # noqa: N818 - reads as the answer it is
    """What was asked for does not fit what is stored by now: another state, or somebody else's change."""
