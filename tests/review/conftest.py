"""A desk on a small store made by hand, and browsers that are signed in to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.corpus import conclude
from dateline.review.accounts import Caller, make
from dateline.review.app import application
from dateline.review.desk import Desk, Settings
from dateline.review.schemas.shared import Role
from dateline.store import Store
from tests.store.store_builders import CODER, dispatch

PASSWORD = "correct horse battery"  # of every account of the tests
SITE = {"sec-fetch-site": "same-origin"}
Browser = Callable[..., TestClient]


def filled(where: str | Path, copies: int = 3) -> Store:
    """A store with some dispatches that tell of the same two events."""
    store = Store.open(where)
    run = store.start_run(CODER)
    made = [dispatch(n) for n in range(1, copies + 1)]
    for one in made:
        store.add(one, run)
    store.finish_run(run)
    conclude(store)
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with filled(tmp_path / "desk.db") as opened:
        yield opened


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, Settings(token="launch"))


@pytest.fixture
def web(desk: Desk) -> Iterator[TestClient]:
    """The browser of the one person who has the launch token."""
    with TestClient(application(desk), base_url="http://127.0.0.1:8417", headers=SITE) as client:
        client.get("/?token=launch", follow_redirects=False)
        yield client


@pytest.fixture(scope="session")
def team_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with an account for each role, called like it."""
    with filled(tmp_path_factory.mktemp("team") / "desk.db") as opened:
        with opened.database.write() as connection:
            for role in Role:
                make(connection, Caller(role.value, role), PASSWORD, "test")
        yield opened


@pytest.fixture(scope="session")
def team(team_store: Store) -> Desk:
    return Desk(team_store, Settings(team=True))


@pytest.fixture(scope="session")
def as_role(team: Desk) -> Iterator[Browser]:
    """A browser that somebody of a role has signed in with; None: nobody has."""
    app = application(team)
    made: dict[Role | None, TestClient] = {}

    def browser(role: Role | None) -> TestClient:
        if role not in made:
            made[role] = TestClient(app, base_url="http://127.0.0.1:8417", headers=SITE)
            if role is not None:
                secret = team.accounts.start(Caller(role.value, role))
                made[role].cookies.set("dateline_desk", secret)
        return made[role]

    yield browser
    for client in made.values():
        client.close()
