"""Which role may use which address: the whole matrix."""

from itertools import product

import pytest

from dateline.review import files
from dateline.review.app import application
from dateline.review.desk import Desk
from dateline.review.schemas.shared import Role
from tests.review.conftest import PASSWORD, Browser

ORDER = [None, *Role]  # who may do more stands further behind
# The least role that may use an address; all others need no right, or are told below.
LEAST = {
    Role.data_viewer: (
        *("queue", "claim", "documents", "document", "search", "runs", "failures", "incidents"),
        *("incident", "map", "pairs", "ledger", "actors", "actor", "network", "plans"),
        *("vocabulary", "tokens", "makeToken", "revokeToken", "changePassword"),
    ),
    Role.viewer: (*("history", "users", "audit", "auditCheck", "quality", "agreement", "gold"),),
    Role.coder: (
        *("command", "batch", "undo", "redo", "judge", "assignments", "changeAssignment"),
    ),
    Role.reviewer: ("incidentBatch", "assign", "differences", "decide"),
    Role.owner: ("changeUser", "invitations", "invite", "revokeInvitation"),
    None: ("session", "login", "logout", "invitation", "acceptInvitation"),
}
OPERATIONS = [
    (operation["operationId"], method, path)
    for path, methods in application().openapi()["paths"].items()
    for method, operation in methods.items()
]


def test_every_address_is_in_the_matrix() -> None:
    told = [name for names in LEAST.values() for name in names]
    assert sorted(told) == sorted(name for name, _, _ in OPERATIONS)


@pytest.mark.parametrize("role", ORDER)
def test_roles(as_role: Browser, role: Role | None) -> None:
    client = as_role(role)
    for name, method, path in OPERATIONS:
        least = next(x for x, names in LEAST.items() if name in names)
        if least is None:
            continue
        filled = path
        for part in ("claim", "document", "incident", "actor", "name"):
            filled = filled.replace(f"{{{part}}}", "none")
        for part in ("invitation", "assignment", "token"):
            filled = filled.replace(f"{{{part}}}", "999")
        answer = client.request(method, filled, json={} if method != "get" else None)
        if role is None:
            assert answer.status_code == 401, name
        elif ORDER.index(role) < ORDER.index(least):
            assert answer.status_code == 403, name
        else:
            assert answer.status_code not in {401, 403}, name


# Lists as files, which the schema leaves out, by the least role that may have them.
TWINS = {
    Role.data_viewer: (
        *("queue", "documents", "failures", "incidents", "pairs", "ledger", "actors", "plans"),
    ),
    Role.viewer: ("history", "audit"),
    Role.coder: ("assignments",),
}


def test_every_file_is_in_the_matrix() -> None:
    paths = [str(getattr(x, "path", "")) for x in files.router.routes]
    told = [f"/api/{name}.{{kind}}" for names in TWINS.values() for name in names]
    assert sorted(told) == sorted(paths)


@pytest.mark.parametrize("role", ORDER)
def test_roles_of_files(as_role: Browser, role: Role | None) -> None:
    client = as_role(role)
    for least, names in TWINS.items():
        for name, kind in product(names, ("csv", "jsonl")):
            status = client.get(f"/api/{name}.{kind}").status_code
            if role is None:
                assert status == 401, name
            else:
                refused = ORDER.index(role) < ORDER.index(least)
                assert status == (403 if refused else 200), name


def test_a_data_viewer_is_not_told_who_did_what(as_role: Browser) -> None:
    coder, viewer = as_role(Role.coder), as_role(Role.viewer)
    item = coder.get("/api/queue").json()["items"][0]
    body = {"act": "accept", "claim": item["id"]}
    made = coder.post("/api/commands", json=body, headers={"if-match": item["version"]})
    assert made.status_code == 200, made.text
    for client, by in ((viewer, "coder"), (as_role(Role.data_viewer), "")):
        document = client.get(f"/api/documents/{item['document']}").json()
        claim = next(x for x in document["claims"] if x["id"] == item["id"])
        assert claim["review"]["by"] == by
        assert by or "coder" not in str(document)


def test_passwords_are_checked_and_guesses_throttled(team: Desk, as_role: Browser) -> None:
    client = as_role(None)
    told = {"name": "viewer", "password": PASSWORD}
    answer = client.post("/api/login", json=told)
    assert answer.json()["role"] == "viewer"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.post("/api/logout").status_code == 204
    client.cookies.clear()
    wrong = {"name": "nobody", "password": "x"}
    codes = [client.post("/api/login", json=wrong).status_code for _ in range(9)]
    assert codes == [401] * 8 + [429]
    team.accounts.throttle.__init__()  # type: ignore[misc]


def test_accounts_are_made_by_invitation_only(as_role: Browser) -> None:
    owner, guest = as_role(Role.owner), as_role(None)
    made = owner.post("/api/invitations", json={"role": "coder", "note": "for Kofi"}).json()
    path = f"/api/invitations/{made['token']}"
    assert guest.get(path).json()["role"] == "coder"
    told = {"name": "kofi", "password": "short"}
    assert guest.post(f"{path}/accept", json=told).status_code == 422
    told["password"] = "long enough for all"
    assert guest.post(f"{path}/accept", json=told | {"name": "OWNER"}).status_code == 409
    assert guest.post(f"{path}/accept", json=told).json()["user"] == "kofi"
    guest.cookies.clear()
    assert guest.get(path).status_code == 404
    assert guest.post(f"{path}/accept", json=told).status_code == 404
    more = owner.post("/api/invitations", json={"role": "owner"}).json()
    assert owner.delete(f"/api/invitations/{more['id']}").status_code == 204
    assert guest.get(f"/api/invitations/{more['token']}").status_code == 404
    assert all(x["token"] is None for x in owner.get("/api/invitations").json())
    gone = owner.patch("/api/users/kofi", json={"active": False})
    assert gone.json()["active"] is False
    assert guest.post("/api/login", json=told).status_code == 401
    last = owner.patch("/api/users/owner", json={"role": "viewer"})
    assert last.status_code == 403


def test_keys_are_hashed_scoped_and_revoked(as_role: Browser, team: Desk) -> None:
    coder, program = as_role(Role.coder), as_role(None)
    assert coder.post("/api/tokens", json={"role": "owner"}).status_code == 403
    made = coder.post("/api/tokens", json={"role": "viewer", "note": "R script"}).json()
    key = {"authorization": f"Bearer {made['token']}"}
    assert program.get("/api/session", headers=key).json()["role"] == "viewer"
    assert program.post("/api/undo", headers=key).status_code == 403
    with team.store.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT hash FROM desk_tokens").scalars().all()
    assert made["token"] not in kept
    assert coder.delete(f"/api/tokens/{made['id']}").status_code == 204
    assert program.get("/api/queue", headers=key).status_code == 401
