"""Typed parts of addresses. A value that is not of the type leads to no page: 404."""

from lakthan.core.fiscal import FiscalYear


class FiscalYearConverter:
    """A fiscal year by its four B.E. digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> FiscalYear:
        """The fiscal year; its `UserError` is a `ValueError`, which Django reads as no match."""
        return FiscalYear(int(value))

    def to_url(self, value: FiscalYear | int) -> str:
        """The four digits."""
        return str(value.be if isinstance(value, FiscalYear) else value)


class QuarterConverter:
    """The number of a quarter, 1 to 4."""

    regex = "[1-4]"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The digit."""
        return str(value)


class SecretConverter:
    """The secret of a calendar: 43 signs that are safe in an address."""

    regex = "[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> str:
        """The secret itself."""
        return value

    def to_url(self, value: str) -> str:
        """The secret itself."""
        return value


class CodeConverter:
    """A code as it is spoken: 2100-0001 of an indicator, 5037 of a district."""

    regex = "[0-9]{4}(?:-[0-9]{1,6})?"

    def to_python(self, value: str) -> str:
        """The code itself."""
        return value

    def to_url(self, value: str) -> str:
        """The code itself."""
        return value
