import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from write_docs import OUTPUT, PAGES, ROOT, SHOWING, shown

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


@pytest.mark.parametrize("path", SHOWING)
def test_each_output_that_a_page_promises_is_shown(path: str) -> None:
    page = (ROOT / path).read_text("utf-8")
    blocks = [found[0] for found in OUTPUT.finditer(page)]
    assert blocks
    assert all("```text\n" in block for block in blocks), "run: make docs"


def test_an_output_is_what_its_command_prints(tmp_path: Path) -> None:
    page = "Say:\n\n<!-- output: echo one; echo two -->\n\n```text\nold\n```\n\nDone.\n"
    wanted = page.replace("old", "one\ntwo")
    assert shown(page, tmp_path) == wanted
    assert shown(wanted, tmp_path) == wanted


def test_an_output_of_a_command_that_fails_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no-such-command"):
        shown("<!-- output: no-such-command -->\n", tmp_path)


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
