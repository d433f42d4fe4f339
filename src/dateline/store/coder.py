"""Which code codes here: digests of this package's coding parts, its settings and its models."""

import importlib.util
import json
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path

from dateline.store.values import Coder

_PACKAGE = Path(__file__).parents[1]
# What a record depends on; the rest of the package may change without coding anew.
_CODING = ("annotate", "extract", "ingest", "knowledge", "model", "config.py", "pipeline.py")
_NOT_CODING = (
    *("knowledge/crosswalks", "knowledge/link", "knowledge/redaction", "knowledge/samples"),
    *("model/codec.py", "model/codec_incident.py", "model/correction.py", "model/incident.py"),
)
_MODELS = "knowledge/models"
_WEIGHTS = {".npz", ".onnx", ".json"}
_SHORT = 12  # characters of a digest


def this_coder(version: str, settings: Mapping[str, object]) -> Coder:
    """The coder that this package is with these settings (those that change what is coded).

    A digest of the package's coding parts stands beside its version, so that a changed rule or
    lexicon makes another coder.
    """
    own = str(settings.get("gazetteer") or "")
    told = json.dumps(dict(settings) | {"gazetteer": own and _digest(Path(own))}, sort_keys=True)
    models = {path.name: _digest(path) for path in _weights()}
    models[str(settings.get("parser"))] = _parser(str(settings.get("parser")))
    configuration = sha256(told.encode()).hexdigest()[:_SHORT]
    return Coder(f"{version}+{_code()}", configuration, tuple(sorted(models.items())))


def _weights() -> list[Path]:
    """The files of the package's own models."""
    folder = _PACKAGE / _MODELS
    return sorted(path for path in folder.iterdir() if path.suffix in _WEIGHTS)


@cache
def _code() -> str:
    total = sha256()
    for path in _coding():
        total.update(f"{path.relative_to(_PACKAGE).as_posix()} {_digest(path)}\n".encode())
    return total.hexdigest()[:_SHORT]


def _coding() -> Iterator[Path]:
    left_out = tuple(_PACKAGE / name for name in (*_NOT_CODING, _MODELS))
    for name in _CODING:
        base = _PACKAGE / name
        found = [base] if base.is_file() else sorted(base.rglob("*"))
        for path in found:
            if not path.is_file() or path.suffix == ".pyc":
                continue
            if not any(path.is_relative_to(folder) for folder in left_out):
                yield path


def _parser(name: str) -> str:
    """The digest a parser is pinned by; that of its description if it is the user's own."""
    from dateline.knowledge.loader import read

    pinned = read("models/parsers.yaml").get(name)
    if pinned:
        return str(pinned["sha256"])[:_SHORT]
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    folder = Path(spec.origin).parent if spec and spec.origin else Path(name)
    found = sorted(folder.rglob("meta.json")) if folder.is_dir() else []
    return sha256("".join(map(_digest, found)).encode()).hexdigest()[:_SHORT]


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()[:_SHORT]
    except OSError:
        return "missing"
