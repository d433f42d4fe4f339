"""The rules of this repository that no linter checks."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "dateline"
GOLD = ROOT.parent / "shared" / "gold"

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
QUOTED_WORDS = 9

# Written in pieces so that this file keeps the rule it checks.
HOSTS = "|".join(
    rf"{name}\.{end}"
    for name, end in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb.debian", "org"),
        ("jfrog", "io"),
    ]
)
FORBIDDEN = re.compile(rf"{HOSTS}|artifac" r"tory|/(?:work|root|home/\w+)/|index" r"-url")
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".jsonl", ".txt", ".csv", ".html", ".cfg"}
SKIPPED = {".git", ".venv", "node_modules", "build", "dist", "site", ".benchmarks"}


def _visible(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    hidden = any(part.startswith(".") and part not in {".ci", ".github"} for part in parts[:-1])
    return not hidden and not SKIPPED.intersection(parts) and "egg-info" not in str(path)


@cache
def ours(*folders: str) -> tuple[Path, ...]:
    """The text files of the repository, or of some of its folders, in the order of their names."""
    bases = [ROOT / folder for folder in folders] or [ROOT]
    found = (path for base in bases for path in base.rglob("*") if path.suffix in TEXT)
    return tuple(sorted(path for path in found if path.is_file() and _visible(path)))


@cache
def python(*folders: str) -> dict[Path, ast.Module]:
    """The syntax tree of each Python file."""
    files = [path for path in ours(*folders) if path.suffix == ".py"]
    return {path: ast.parse(path.read_text("utf-8")) for path in files}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def calls(tree: ast.Module, name: str) -> bool:
    nodes = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(isinstance(func, ast.Name) and func.id == name for func in nodes)


def test_there_is_something_to_check() -> None:
    assert len(python("src")) > 10
    assert PACKAGE / "annotate" / "tokens.py" in python("src")


def test_no_file_is_longer_than_the_wall() -> None:
    lengths = {
        named(path): len(path.read_text("utf-8").splitlines())
        for path in python("src", "tests", "benchmarks")
    }
    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_the_wall() -> None:
    long = {
        f"{named(path)}:{node.lineno} {node.name}"
        for path, tree in python("src", "tests", "benchmarks").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    }
    assert long == set()


def test_only_the_parse_imports_spacy() -> None:
    importing = {
        named(path)
        for path, tree in python("src").items()
        if any(name.split(".")[0] == "spacy" for name in imports(tree))
    }
    assert importing == {"src/dateline/annotate/tokens.py"}


def test_only_the_command_line_prints() -> None:
    printing = {named(path) for path, tree in python("src").items() if calls(tree, "print")}
    assert {path for path in printing if not path.startswith("src/dateline/cli/")} == set()


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "misc", "common"}
    assert {named(path) for path in python() if path.stem in drawers} == set()


def test_no_error_is_swallowed() -> None:
    silent = {
        f"{named(path)}:{node.lineno}"
        for path, tree in python("src", "benchmarks").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and all(isinstance(x, ast.Pass) or _is_ellipsis(x) for x in node.body)
    }
    assert silent == set()


def _is_ellipsis(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and node.value.value is ...
    )


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = {
        f"{named(path)}: {match.group()}"
        for path in ours()
        for match in FORBIDDEN.finditer(path.read_text("utf-8"))
    }
    assert found == set()


def test_the_forbidden_names_are_recognised() -> None:
    for text in ("https://files.python" + "hosted.org/x", "see /wo" + "rk/dev", "--index" + "-url"):
        assert FORBIDDEN.search(text)
    assert not FORBIDDEN.search("working on frameworks/ at home")


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[k:] for k in range(QUOTED_WORDS)), strict=False))


@pytest.mark.skipif(not GOLD.exists(), reason="no ../shared/gold here")
def test_no_file_quotes_the_gold_dispatches() -> None:
    gold = {
        words for path in GOLD.glob("*/*.txt") for words in runs_of_words(path.read_text("utf-8"))
    }
    found = {
        f"{named(path)}: {' '.join(words)}"
        for path in ours()
        for words in runs_of_words(path.read_text("utf-8")) & gold
    }
    assert found == set()
