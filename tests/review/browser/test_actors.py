"""Named parties: list, page of one, network."""

from typing import Any
from urllib.parse import quote

from playwright.sync_api import expect

from tests.review.browser.explore import faults


def _busiest(window: Any) -> Any:
    return window.get("/api/actors?limit=1")["items"][0]


def test_it_fits_everybody(window: Any) -> None:
    one = quote(_busiest(window)["id"], safe="")
    assert faults(window, "/actors", "/actors?view=network", f"/actors/{one}") == {}


def test_from_the_list_to_a_party_and_its_neighbours(window: Any) -> None:
    row = _busiest(window)
    page = window.open("/actors")
    page.get_by_role("link", name=row["name"], exact=True).first.click()
    window.settled()
    expect(page.get_by_role("heading", level=1)).to_have_text(row["name"])
    told = window.get(f"/api/actors/{quote(row['id'], safe='')}")
    assert page.locator(".actor-event").count() == len(told["timeline"])
    expect(page.get_by_role("img", name=row["name"])).to_be_visible()


def test_the_network_says_the_same_as_its_table(window: Any) -> None:
    page = window.open("/actors?view=network")
    told = window.get("/api/network")
    assert page.locator(".disc").count() == len(told["nodes"])
    assert page.locator(".network-frame .tie").count() == len(told["edges"])
    assert page.locator(".ties tbody tr").count() == min(60, len(told["edges"]))
    disc = page.locator(".disc a").first
    name = disc.get_attribute("aria-label")
    disc.focus()
    page.keyboard.press("Enter")
    window.settled()
    expect(page.get_by_role("heading", level=1)).to_have_text(str(name))
