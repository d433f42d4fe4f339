"""Linear classifiers: scores, storage, explanation, refusal of broken files."""

from pathlib import Path

import numpy as np
import pytest

from dateline.errors import ModelError
from dateline.extract.linear import Linear, load, save

WEIGHTS = np.array([[1.0, -1.0], [0.0, 2.0], [0.5, 0.0]], dtype=np.float32)


def test_probabilities_add_up_and_follow_the_features() -> None:
    model = Linear(("a", "b"), ["x", "y"], WEIGHTS)
    assert float(model([]).sum()) == pytest.approx(1)
    assert model(["x"]).argmax() == 0
    assert model(["y", "y", "unknown"]).tolist() == model(["y"]).tolist()


def test_explanation_names_what_speaks_for_a_label() -> None:
    assert Linear(("a", "b"), ["x", "y"], WEIGHTS).explain(["x", "y"], "b", 1) == [("y", 2.0)]


def test_saved_models_come_back(tmp_path: Path) -> None:
    path = tmp_path / "models.npz"
    save(path, {"demo": (("a", "b"), ["x", "y"], WEIGHTS)})
    load.cache_clear()
    try:
        model = load(path)["demo"]
    finally:
        load.cache_clear()
    assert model.labels == ("a", "b")
    assert model(["x"]).tolist() == Linear(("a", "b"), ["x", "y"], WEIGHTS)(["x"]).tolist()


def test_weights_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(ModelError, match="do not fit"):
        Linear(("a",), ["x", "y"], WEIGHTS)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.npz"
    path.write_bytes(b"no archive")
    load.cache_clear()
    with pytest.raises(ModelError, match=r"broken\.npz"):
        load(path)
    load.cache_clear()
