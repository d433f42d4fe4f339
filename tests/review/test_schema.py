"""The API keeps to its own schema, whatever is sent."""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from dateline.review.app import application
from dateline.review.desk import Desk, Settings
from tests.review.conftest import PASSWORD, SITE, filled

ROOT = Path(__file__).parents[2]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 2  # of each operation; longer runs are for another day
SCHEMA = schemathesis.openapi.from_dict(application().openapi())
OPERATIONS = [
    found["operationId"]
    for methods in application().openapi()["paths"].values()
    for found in methods.values()
]


def test_the_schema_of_the_pages_is_this_one() -> None:
    told = json.loads((ROOT / "web" / "openapi.json").read_text("utf-8"))
    assert told == application().openapi(), "run python scripts/write_openapi.py"


def test_every_operation_has_an_id_and_says_what_it_does() -> None:
    operations = [
        found for methods in application().openapi()["paths"].values() for found in methods.values()
    ]
    ids = [x["operationId"] for x in operations]
    assert len(ids) == len(set(ids))
    assert all(len(x["description"]) > 10 for x in operations)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with filled(tmp_path_factory.mktemp("fuzz") / "desk.db") as store:
        desk = Desk(store, Settings(token="t", person=PASSWORD))
        with TestClient(application(desk), base_url="http://127.0.0.1", headers=SITE) as found:
            found.get("/?token=t", follow_redirects=False)
            yield found


@pytest.mark.parametrize("name", OPERATIONS)
def test_answers_are_as_the_schema_says(client: TestClient, name: str) -> None:
    operation = SCHEMA.find_operation_by_id(name)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def run(case: Any) -> None:
        told = case.as_transport_kwargs(base_url="http://127.0.0.1")
        sent = {x: told[x] for x in ("method", "url", "params", "json") if told.get(x) is not None}
        if not isinstance(sent.get("json", {}), dict | list | str | int | float | bool):
            sent.pop("json")
        version = {k: v for k, v in (case.headers or {}).items() if k.lower() == "if-match"}
        case.validate_response(client.request(headers=version, **sent), checks=CHECKS)

    run()
