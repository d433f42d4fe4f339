"""Read the data files beside this module, or a user's own in the same formats."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from dateline.errors import KnowledgeError

_BOOLEAN = "tag:yaml.org,2002:bool"
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]
    """Safe YAML in which only true and false are booleans: "on", "no" and "off" are words."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != _BOOLEAN or first in "tTfF"]
    for first, found in _Safe.yaml_implicit_resolvers.items()
}


class Entry(BaseModel):
    """Base of every knowledge format: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def locate(path: str | Path) -> Traversable | Path:
    """A file of this package by its path below `knowledge/`, or a user's file by its own path."""
    inside = files("dateline.knowledge") / str(path)
    if not Path(path).is_absolute() and (inside.is_file() or inside.is_dir()):
        return inside
    return Path(path)


def read(path: str | Path) -> Any:
    """The content of a YAML file.

    Raises:
        KnowledgeError: The file is missing or is no YAML.
    """
    try:
        return yaml.load(locate(path).read_text("utf-8"), Loader=_Loader)  # noqa: S506 (safe loader)
    except (OSError, UnicodeDecodeError) as cause:
        raise KnowledgeError(f"{path}: cannot be read: {cause}") from cause
    except yaml.YAMLError as cause:
        raise KnowledgeError(f"{path}: no valid YAML: {cause}") from cause


def rows(path: str | Path) -> Iterator[dict[str, str]]:
    """The rows of a comma-separated file with a header, by column name."""
    try:
        with locate(path).open("r", encoding="utf-8") as file:
            yield from csv.DictReader(line for line in file if not line.startswith("#"))
    except OSError as cause:
        raise KnowledgeError(f"{path}: cannot be read: {cause}") from cause


def entries[E: BaseModel](path: str | Path, kind: type[E]) -> dict[str, E]:
    """The entries of a YAML file (a mapping from name to fields), each checked against `kind`.

    Raises:
        KnowledgeError: Names the file, the entry and the field that breaks the format.
    """
    content = read(path)
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path}: a mapping from entry names to fields is expected")
    return {str(name): _checked(path, str(name), fields, kind) for name, fields in content.items()}


def _checked[E: BaseModel](path: str | Path, name: str, fields: Any, kind: type[E]) -> E:
    try:
        return kind.model_validate(fields)
    except ValidationError as cause:
        first = cause.errors()[0]
        where = ".".join(map(str, first["loc"])) or "entry"
        raise KnowledgeError(f"{path}: '{name}': {where}: {first['msg']}") from cause


def listed(folder: str, suffix: str = ".yaml") -> list[str]:
    """Paths (below `knowledge/`) of the data files in a folder of this package, by name."""
    found = (f"{folder}/{x.name}" for x in locate(folder).iterdir() if x.name.endswith(suffix))
    return sorted(found)
