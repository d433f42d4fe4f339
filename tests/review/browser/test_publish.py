"""A published release: the same pages from files alone."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Response, expect

from dateline.review.publish import publish
from dateline.store import Store
from tests.review.browser.conftest import WATCH


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name there)
        """Nothing: the tests look at the pages."""


@pytest.fixture(scope="module")
def site(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a release of the sample, in a folder below the root of its server."""
    root = tmp_path_factory.mktemp("site")
    with Store.open(str(sample), create=False) as store:
        publish(store, root / "release")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/release/"
    server.shutdown()
    thread.join(timeout=20)
    server.server_close()


@pytest.fixture
def reader(site: str, browser: Browser) -> Iterator[Page]:
    """A reader's page; nothing may be asked for elsewhere, be missing, or break the policy."""
    context = browser.new_context(viewport={"width": 1200, "height": 800}, locale="en-GB")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(30_000)
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((site, "blob:", "data:")):
            faults.append(request.url)

    def answered(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"{response.status} {response.url}")

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", asked)
    page.on("response", answered)
    yield page
    assert faults == []
    assert page.evaluate("window.violations") == []
    context.close()


def _settled(page: Page) -> None:
    page.wait_for_selector("main h1")
    page.wait_for_selector("main .skeleton", state="detached")


def test_every_public_view_opens_from_files(reader: Page, site: str) -> None:
    for view in ("incidents", "map", "ledger", "actors", "plans", "documents", "settings"):
        reader.goto(f"{site}#/{view}")
        _settled(reader)
        expect(reader.locator("main .state.fault")).to_have_count(0)
        expect(reader.get_by_text("read only").first).to_be_visible()


def test_filters_and_search_work_without_a_server(reader: Page, site: str) -> None:
    reader.goto(f"{site}#/incidents")
    _settled(reader)
    rows = reader.locator("main tbody tr")
    before = rows.count()
    reader.get_by_role("group", name="Status").get_by_label("planned").check()
    expect(rows).not_to_have_count(before)
    assert "status=planned" in reader.url
    reader.reload()
    _settled(reader)
    assert 0 < rows.count() < before
    rows.first.get_by_role("link").first.click()
    expect(reader.locator(".settled > li").first).to_be_visible()
    assert reader.url.startswith(f"{site}#/incidents/")


def test_nothing_offers_to_change_anything(reader: Page, site: str) -> None:
    reader.goto(f"{site}#/incidents")
    _settled(reader)
    expect(reader.get_by_role("checkbox", name="Choose:")).to_have_count(0)
    expect(reader.get_by_role("link", name="Review queue")).to_have_count(0)
    for label, kind in (("CSV", "csv"), ("GeoJSON", "geojson")):
        address = reader.get_by_role("link", name=label, exact=True).get_attribute("href")
        assert address == f"data/incidents.{kind}"
        assert reader.request.get(site + address).ok
