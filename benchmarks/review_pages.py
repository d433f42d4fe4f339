"""What a browser sees of the review desk: the first page, its size, and the map being brushed."""

import os
import re
import shutil
import sys
import time
import urllib.request
from gzip import compress
from pathlib import Path
from typing import Any, NamedTuple

from dateline.review import pages

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
from try_desk import Visitor, served

MOST_SCRIPT = 600_000  # bytes, gzipped
FEWEST_FRAMES = 30  # a second
STEPS = 150  # of the brush
_FIRST = ("/api/session", "/api/vocabulary", "/api/queue")
_FRAMES = """() => {
  window.frames_seen = [];
  const note = (at) => { window.frames_seen.push(at); requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""


class Seen(NamedTuple):
    """What was measured, the figure, the goal, and whether it is reached."""

    what: str
    found: str
    goal: str
    good: bool


def first_page(where: str) -> float:
    """Seconds until the first view has all it shows, from a server that has just started."""
    with served(where) as link:
        base = link.partition("/?")[0]
        with urllib.request.urlopen(f"{base}/favicon.svg"):  # noqa: S310 (our own)
            pass  # it has started
        started = time.perf_counter()
        visitor = Visitor(link)
        for path in (*(x.removeprefix(".") for x in scripts(visitor.page)), *_FIRST):
            visitor.read(path)
        return time.perf_counter() - started


def scripts(page: str) -> list[str]:
    """The scripts that a page loads before it shows anything."""
    return re.findall(r"(?:src|href)=\"(\./assets/[^\"]+\.js)\"", page)


def script_size() -> int:
    """The bytes of these scripts, gzipped."""
    folder = pages.folder()
    names = scripts((folder / "index.html").read_text("utf-8"))
    return sum(len(compress((folder / name).read_bytes(), 9)) for name in names)


def seen(where: str) -> list[Seen]:
    """The size of the scripts; frames a second while the brush moves, if there is a browser."""
    if not (pages.folder() / "index.html").is_file():
        print("the pages are not built: nothing is measured in the browser", file=sys.stderr)
        return []
    size = script_size()
    told = f"{size / 1000:,.0f} kB"
    goal = f"at most {MOST_SCRIPT / 1000:,.0f} kB"
    found = [Seen("initial JavaScript, gzipped", told, goal, size <= MOST_SCRIPT)]
    with served(where) as link:
        frames = _brushed(link)
    if frames is not None:
        shown, rate = frames
        what = f"brush over the map and the timeline, {shown:,} incidents"
        goal = f"at least {FEWEST_FRAMES} frames a second"
        found.append(Seen(what, f"{rate:,.0f} frames a second", goal, rate >= FEWEST_FRAMES))
    return found


def _brushed(link: str) -> tuple[int, float] | None:
    """How many incidents the map shows, and frames a second while days are chosen."""
    browser = _chromium()
    if browser is None:
        print("no Chromium here: the brush is not measured", file=sys.stderr)
        return None
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("playwright is missing: the brush is not measured", file=sys.stderr)
        return None
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = found.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(link)
        page.goto(link.partition("/?")[0] + "/map")
        page.locator(".timeline-plot canvas").wait_for()
        page.locator(".skeleton").first.wait_for(state="detached")
        page.wait_for_timeout(3000)
        shown = page.evaluate("async () => (await (await fetch('/api/map')).json()).ids.length")
        rate = _rate(page)
        found.close()
    return int(shown), rate


def _rate(page: Any) -> float:
    """Frames a second while the brush is drawn from one end of the timeline to the other."""
    bars = page.locator(".timeline-plot canvas").bounding_box()
    height = bars["y"] + bars["height"] / 3
    page.mouse.move(bars["x"] + bars["width"] * 0.1, height)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] * 0.2, height)
    page.evaluate(_FRAMES)
    for step in range(STEPS):
        page.mouse.move(bars["x"] + bars["width"] * (0.2 + 0.7 * step / STEPS), height)
    times = page.evaluate("window.frames_seen")
    page.mouse.up()
    return float(1000 * (len(times) - 1) / (times[-1] - times[0]))


def _chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")
