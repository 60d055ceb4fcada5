"""Addresses that are secrets stay out of the log."""

import logging
import re

SECRET = re.compile(r"(/calendar/)[^/\s]+(\.ics)")


class SecretAddresses(logging.Filter):
    """Take the secret out of what a record says, wherever the address stands in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without secrets."""
        record.msg = _hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(value) for value in record.args)
        return True


def _hidden(value: object) -> object:
    return SECRET.sub(r"\1...\2", value) if isinstance(value, str) else value
