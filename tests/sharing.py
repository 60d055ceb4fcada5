"""The real command, and what it makes once for all processes of a run and for later ones."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

LAKTHAN = Path(sys.executable).with_name("lakthan")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
"""Which of several processes that share the tests this is; empty where it has them all."""


def run_lakthan(
    *arguments: str | Path, home: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the real `lakthan` command in a home; the caller looks at status, stdout and stderr."""
    return subprocess.run(  # noqa: S603 - our own command
        [LAKTHAN, *arguments],
        env=environment_of(home, environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )


def environment_of(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without what the tests set for themselves."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return kept | {"LAKTHAN_HOME": str(home), "LAKTHAN_LANGUAGE": "en"} | dict(more)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process of this or another run is in such a block."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def kept_folder(config: pytest.Config, name: str, digest: str, make: Callable[[Path], None]) -> Path:
    """A folder in pytest's cache that `make` filled; made anew, and the old one deleted, when the digest changes."""
    kept = config.cache.mkdir(name) / digest  # type: ignore[union-attr]
    with alone(kept.parent):
        if not kept.exists():
            for old in kept.parent.iterdir():
                shutil.rmtree(old)
            fresh = kept.with_suffix(".part")
            fresh.mkdir()
            make(fresh)
            fresh.rename(kept)
    return kept
