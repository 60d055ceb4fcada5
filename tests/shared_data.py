"""Where the real input files are, when they are there."""

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data(name: str) -> Path:
    """The path of a real input file; skips the test with a clear message when the folder is not there."""
    path = SHARED_DATA / name
    if not path.exists():
        pytest.skip(f"real input {name} is not beside this checkout (../shared/data)")
    return path
