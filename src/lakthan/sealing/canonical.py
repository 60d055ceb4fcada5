"""Canonical JSON and the leaf hash of the ledger."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785


def canonical_bytes(body: Mapping[str, Any]) -> bytes:
    """The one byte form of a JSON object (RFC 8785). Figures are text in it: a float is refused.

    Raises:
        TypeError: a value is a float or is not JSON.
    """
    _refuse_floats(body)
    return rfc8785.dumps(dict(body))


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"a sealed body holds no floats: {value!r}")
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)


def leaf_hash(data: bytes) -> str:
    """Hash of a leaf in hexadecimal: SHA-256 over a zero byte and the data (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x00" + data).hexdigest()


def personal_digest(salt: bytes, value: str) -> str:
    """Salted digest in hexadecimal that stands for a personal value; erasing the salt unlinks the person."""
    return hashlib.sha256(salt + value.encode()).hexdigest()
