"""The engine on Ray."""

import os
import sys
from pathlib import Path

import pytest

from dateline.engine import Ray
from dateline.engine.ray import _cluster
from dateline.errors import EngineError
from dateline.testing import Squares, check_engine

pytest.importorskip("ray")
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning"
)


def test_a_cluster_keeps_the_contract(tmp_path: Path) -> None:
    environment = dict(os.environ)
    with _cluster("", 2) as ray:
        assert environment.items() <= dict(os.environ).items()  # nothing of the caller is lost
        assert ray.is_initialized()
        check_engine(Ray(2), tmp_path)  # uses the cluster that is there
        with _cluster("", 2) as same:
            assert same is ray
        assert ray.is_initialized()
    assert not ray.is_initialized()


def test_a_cluster_out_of_reach_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(**settings: object) -> None:
        assert settings["address"] == "10.0.0.1:6379"
        raise ConnectionError("no answer\nand much more")

    monkeypatch.setattr("ray.init", unreachable)
    told = r"^10\.0\.0\.1:6379: Ray cannot be reached or started: no answer$"
    with pytest.raises(EngineError, match=told):
        list(Ray(1, "10.0.0.1:6379").map(Squares(), [[1]]))


def test_ray_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(EngineError, match=r"pip install 'dateline\[ray\]'"):
        list(Ray().map(Squares(), [[1]]))
    assert list(Ray().map(Squares(), [])) == []
