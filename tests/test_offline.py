import socket
from typing import Any, NoReturn

import pytest

import dateline
from dateline.knowledge import locate


def test_coding_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    page = str(locate("samples/2022-04-06_moura.html"))
    (record,) = dateline.code_many([page])
    assert record.problem is None
    assert record.claims
