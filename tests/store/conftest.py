"""Stores on both databases: a file, and a PostgreSQL server started for the tests."""

from collections.abc import Callable, Iterator

import pytest

from dateline.store import Store
from postgres import Server, programs, server

KINDS = ["sqlite", "postgresql"]
Vacant = Callable[[str], str]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server that is stopped at the end."""
    if programs() is None:
        pytest.skip("no PostgreSQL server is installed here")
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def vacant(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Vacant:
    """The address of a place for a new store, on a kind of database."""

    def address(kind: str) -> str:
        if kind == "sqlite":
            return str(tmp_path_factory.mktemp("store") / "store.db")
        running: Server = request.getfixturevalue("postgres")
        return running.place()

    return address


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, vacant: Vacant) -> str:
    """A place for a new store."""
    return vacant(request.param)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A new store."""
    with Store.open(address) as opened:
        yield opened
