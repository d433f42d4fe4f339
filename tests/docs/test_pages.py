import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from write_docs import PAGES, ROOT

TEXTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"(?ms)^```.*?^```$|`[^`\n]+`")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings."""
    heads = re.findall(r"(?m)^#+ (.+)$", path.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", PAGES)
def test_generated_pages_are_up_to_date(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == PAGES[path](), "run: make docs"


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    def broken() -> Iterator[str]:
        for link in LINK.findall(CODE.sub("", path.read_text("utf-8"))):
            if re.match(r"[a-z]+:", link):
                continue
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            if not target.exists() or (anchor and anchor not in anchors(target)):
                yield link

    assert list(broken()) == []


def test_make_targets_named_in_the_docs_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"(?m)^([a-z][\w-]*):", makefile))
    named = {x for path in TEXTS for x in re.findall(r"`make ([a-z-]+)", path.read_text("utf-8"))}
    assert named
    assert named - targets == set()


def test_commands_named_in_the_docs_exist() -> None:
    known = set(re.findall(r"(?m)^## `dateline ([a-z]+)`$", PAGES["docs/commands.md"]()))
    named = {
        x
        for path in TEXTS
        for x in re.findall(r"[`$/| ]dateline ([a-z]+)\b", "\n".join(_code(path)))
    }
    assert {"code", "explain", "lint"} <= named
    assert named - known == set()


def _code(path: Path) -> list[str]:
    """What a page shows as code."""
    return [f" {x.strip('`')}" for x in CODE.findall(path.read_text("utf-8"))]


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"(?ms)^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"))
    exec(compile(block, "README.md", "exec"), {})
    assert "wounded" in capsys.readouterr().out
