"""A PostgreSQL server for one run of the tests: `python -m tests.postgresql [arguments of pytest]`.

Runs every test that touches the database again, on PostgreSQL. The server is Debian's; it lives in a temporary folder,
listens on the loopback address alone, and is gone when the run is over.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ACCOUNT = "postgres"
PATIENCE = 30
"""Seconds to wait for the server to answer."""
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "listen_addresses": "127.0.0.1"}


def programs() -> Path:
    """The folder of the newest server programs of Debian."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise SystemExit("PostgreSQL is not installed; `make test` installs it (Debian package: postgresql).")
    return found[-1].parent


def _account() -> dict[str, str]:
    """PostgreSQL refuses to run as root: as root, run it as its own account."""
    return {"user": ACCOUNT, "group": ACCOUNT} if os.geteuid() == 0 else {}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """Start a server; gives the address of its databases without a name: postgresql://postgres@127.0.0.1:5433."""
    folder = Path(tempfile.mkdtemp(prefix="lakthan-postgresql-"))
    try:
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(folder, account.pw_uid, account.pw_gid)
        _initialise(folder)
        with _running(folder) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(folder: Path) -> None:
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", f"--username={ACCOUNT}"]
    subprocess.run(  # noqa: S603 - Debian's own program
        [programs() / "initdb", *options, folder / "data"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **_account(),
    )


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    port = _free_port()
    options = [f"--{name}={value}" for name, value in SETTINGS.items()]
    log = (folder / "log").open("w+")
    process = subprocess.Popen(  # noqa: S603 - Debian's own program
        [programs() / "postgres", "-D", folder / "data", "-k", folder, "-p", str(port), *options],
        stdout=log,
        stderr=log,
        cwd=folder,
        start_new_session=True,  # Ctrl-C reaches pytest alone, which then ends the server in order
        **_account(),
    )
    address = f"postgresql://{ACCOUNT}@127.0.0.1:{port}"
    try:
        _await(address, process, Path(log.name))
        yield address
    finally:
        process.send_signal(signal.SIGQUIT)  # immediate shutdown: nothing here is kept
        process.wait(PATIENCE)
        log.close()


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; raises `RuntimeError` with its log where it does not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            psycopg.connect(f"{address}/postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL does not answer:\n{log.read_text()}")


def main(arguments: list[str]) -> int:
    """Run pytest beside a server and return its exit status."""
    with server() as address:
        environment = {**os.environ, "LAKTHAN_TESTS_DATABASE_URL": f"{address}/lakthan"}
        run = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "pytest", *arguments], env=environment, check=False
        )
        return run.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
