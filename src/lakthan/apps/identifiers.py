"""Identifiers of records: UUIDv7, so that rows can be made anywhere without a central sequence and sort by time.

The demonstration city needs the same identifiers every time: `deterministic(seed)` replaces the source for a block.
"""

import hashlib
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

import uuid_utils


class Source(Protocol):
    """Where identifiers and salts come from."""

    def identifier(self) -> uuid.UUID:
        """A new identifier."""

    def salt(self) -> bytes:
        """Sixteen bytes."""


class _System:
    """The clock and the random generator of the machine."""

    def identifier(self) -> uuid.UUID:
        return uuid.UUID(bytes=uuid_utils.uuid7().bytes)

    def salt(self) -> bytes:
        return secrets.token_bytes(16)


class _Deterministic:
    """A counter and a seed. The counter stands in the timestamp bits, so that the order of making is kept."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._count = 0

    def _digest(self) -> bytes:
        self._count += 1
        return hashlib.sha256(f"{self._seed}:{self._count}".encode()).digest()

    def identifier(self) -> uuid.UUID:
        digest = self._digest()
        value = (self._count << 80) | int.from_bytes(digest[:10], "big")
        value = (value & ~(0xF << 76)) | (0x7 << 76)
        value = (value & ~(0x3 << 62)) | (0x2 << 62)
        return uuid.UUID(int=value)

    def salt(self) -> bytes:
        return self._digest()[:16]


_source: ContextVar[Source] = ContextVar("identifiers", default=_System())  # noqa: B039 - has no state


def new_id() -> uuid.UUID:
    """A new UUIDv7 (RFC 9562 section 5.7)."""
    return _source.get().identifier()


def new_salt() -> bytes:
    """Sixteen bytes that nobody can guess."""
    return _source.get().salt()


@contextmanager
def deterministic(seed: str) -> Iterator[None]:
    """Give the same identifiers and salts each time, for the demonstration and for tests only."""
    token = _source.set(_Deterministic(seed))
    try:
        yield
    finally:
        _source.reset(token)
