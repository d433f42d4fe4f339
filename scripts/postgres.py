"""A PostgreSQL server for as long as it is needed: for tests and benchmarks.

It lives in a folder of its own that is removed afterwards, listens on a socket in that folder only
and, since it refuses to run as root, runs as "nobody" where the caller is root.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import sqlalchemy as sa

_USER = "dateline"
_VERSIONS = "/usr/lib/postgresql"


class Server:
    """A running server; each place it offers is new and empty."""

    def __init__(self, folder: Path) -> None:
        self._address = sa.URL.create(
            "postgresql+psycopg", _USER, database="postgres", query={"host": str(folder)}
        )
        self._numbers = count(1)

    def place(self) -> str:
        """The address of a new schema, which is quicker to make than a new database."""
        name = f"place{next(self._numbers)}"
        engine = sa.create_engine(self._address, poolclass=sa.NullPool)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {name}")
        there = self._address.update_query_dict({"options": f"-csearch_path={name}"})
        return there.render_as_string(hide_password=False)


def programs() -> Path | None:
    """The folder with the server's programs; None where no server is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max(Path(_VERSIONS).glob("*/bin"), key=_version, default=None)


@contextmanager
def server() -> Iterator[Server]:
    """Start a server and stop it at the end.

    Raises:
        FileNotFoundError: None is installed.
    """
    where = programs()
    if where is None:
        raise FileNotFoundError("no PostgreSQL server here; install Debian's 'postgresql'")
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    data = folder / "data"
    options = f"-F -c listen_addresses='' -c unix_socket_directories='{folder}'"
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    try:
        _run([where / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-N", "-E", "UTF8",
              "--no-locale"])  # fmt: skip
        log = folder / "log"
        _run([where / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"])
        try:
            yield Server(folder)
        finally:
            _run([where / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: Sequence[object]) -> None:
    """Run a program of the server, not as root."""
    nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    subprocess.run(  # noqa: S603 (ours)
        [str(x) for x in command],
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        user=nobody and nobody.pw_uid,
        group=nobody and nobody.pw_gid,
        extra_groups=[] if nobody else None,
        env={"PATH": os.defpath, "LC_ALL": "C"},
    )


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(x) for x in folder.parent.name.split(".") if x.isdecimal())
