"""A desk with the sample dispatches, served on this machine, and a Chromium to look at it with."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

import dateline
from dateline.config import Config
from dateline.corpus import conclude
from dateline.model import Document
from dateline.pipeline import coded
from dateline.review import pages, serve
from dateline.review.app import application
from dateline.review.desk import Desk
from dateline.store import Store, this_coder

ROOT = Path(__file__).parents[3]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOSTILE = (
    "<script>window.hit = 1</script> Two shells hit <b>Gao</b> on Monday, the army said. "
    '<img src="https://tracker.example/x.png" onerror="window.hit = 2"> Rebels denied that they '
    "shelled the town. \u202etxet desrever\u202c سقطت قذيفتان على غاو.\n"
)
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`);
});
"""


def _missing() -> str:
    if chromium() is None:
        return "no Chromium here"
    if not AXE.exists():
        return "no web/node_modules here: run scripts/build_web.sh"
    if not (pages.folder() / "index.html").exists():
        return "the pages are not built: run scripts/build_web.sh"
    return ""


def chromium() -> str | None:
    """Where the browser is: CHROMIUM, or what the system has."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session", autouse=True)
def _ready() -> None:
    if missing := _missing():
        pytest.skip(missing)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample dispatches and one that means harm."""
    where = tmp_path_factory.mktemp("desk") / "sample.db"
    with serve.sample(str(where)) as store:
        run = store.start_run(this_coder(dateline.__version__, {}))
        title = '<img src=x onerror="window.hit = 3">'
        bad = Document(HOSTILE, name="hostile", title=title, publisher="<i>Wire</i>")
        for _ in store.add_all(coded([bad], Config()), run):
            continue
        store.finish_run(run)
        conclude(store)
    return where


@dataclass
class Served:
    """A desk that runs in a thread."""

    base: str
    token: str
    settings: Any

    @property
    def link(self) -> str:
        """What `dateline review` prints."""
        return f"{self.base}/?token={self.token}"


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Iterator[Served]:
    """The desk, with a store of its own for each test."""
    where = tmp_path / "desk.db"
    shutil.copyfile(sample, where)
    with Store.open(str(where), create=False) as store:
        place = serve.Place(port=0)
        chosen = serve.settings(store, place, sample=True)
        found = serve.listen(place)
        config = uvicorn.Config(
            application(Desk(store, chosen)), log_level="error", access_log=False, lifespan="off"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [found]}, daemon=True)
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{found.getsockname()[1]}", chosen.token, chosen)
        finally:
            server.should_exit = True
            thread.join(timeout=20)
            found.close()


@pytest.fixture(scope="session")
def browser(_ready: None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


@dataclass
class Watched:
    """A browser window, and all that went wrong or went elsewhere in it."""

    desk: Served
    context: BrowserContext
    page: Page
    elsewhere: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Go to a view and wait until it has its data."""
        self.page.goto(self.desk.base + path)
        self.settled()
        return self.page

    def settled(self) -> None:
        """Wait until nothing loads any more."""
        expect(self.page.locator("main :is(h1, h2, form)").first).to_be_attached()
        expect(self.page.locator(".skeleton")).to_have_count(0)

    def get(self, path: str) -> Any:
        """What the API answers to this person."""
        answer = self.context.request.get(self.desk.base + path)
        assert answer.ok, answer.text()
        return answer.json()

    def post(self, path: str, body: Any, version: str = "") -> Any:
        """Send a change past the pages, as a colleague would."""
        headers = {"origin": self.desk.base, "if-match": f'"{version}"'}
        answer = self.context.request.post(self.desk.base + path, data=body, headers=headers)
        assert answer.ok, answer.text()
        return answer.json()

    def axe(self) -> list[str]:
        """What axe finds wrong in the view."""
        found = self.page.evaluate(
            "async (rules) => (await window.axe.run(document, { runOnly: rules })).violations.map("
            "(one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)",
            RULES,
        )
        return list(found)

    def check(self) -> None:
        """Nothing went wrong: no fault, no breach of the content policy, no request elsewhere."""
        self.faults += self.page.evaluate("window.violations ?? []")
        assert self.faults == []
        assert self.elsewhere == []


@pytest.fixture
def window(desk: Served, browser: Browser) -> Iterator[Watched]:
    """A window that is signed in; at the end nothing may have gone wrong in it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.add_init_script(WATCH)
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.set_default_timeout(30_000)
    watched = Watched(desk, context, page)

    def told(message: ConsoleMessage) -> None:
        refused = message.text.startswith("Failed to load resource")  # seen by its answer, below
        refused = refused or "GL Driver Message" in message.text  # drawing without a graphics card
        if message.type in {"error", "warning"} and not refused:
            watched.faults.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 400 and "/api/" not in response.url:
            watched.faults.append(f"{response.status} {response.url}")

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        inside = parts.scheme in {"blob", "data"} or request.url.startswith(desk.base)
        if not inside:
            watched.elsewhere.append(request.url)

    page.on("console", told)
    page.on("pageerror", lambda error: watched.faults.append(str(error)))
    page.on("request", asked)
    page.on("response", answered)
    page.goto(desk.link)
    watched.settled()
    yield watched
    watched.check()
    context.close()
