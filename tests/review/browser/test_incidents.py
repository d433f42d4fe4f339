"""The table of incidents and the page of one."""

import csv
from io import StringIO
from typing import Any
from urllib.parse import quote

from playwright.sync_api import expect

from tests.review.browser.explore import faults


def _disputed(window: Any) -> Any:
    return window.get("/api/incidents?sort=claims&order=desc&limit=1")["items"][0]


def test_it_fits_everybody(window: Any) -> None:
    assert faults(window, "/incidents", f"/incidents/{_disputed(window)['id']}") == {}


def test_days_are_told_in_words(window: Any) -> None:
    ranges = [x["when"] for x in window.get("/api/incidents")["items"] if " to " in x["when"]]
    assert ranges
    page = window.open("/incidents")
    expect(page.locator("tbody tr").first).to_be_visible()
    assert not [x for x in ranges if page.get_by_text(x, exact=True).count()]


def test_what_is_shown_stands_in_the_address(window: Any) -> None:
    page = window.open("/incidents")
    all_of_them = window.get("/api/incidents")
    kind = all_of_them["facets"]["type"][0]
    page.get_by_role("group", name="Type").get_by_label(kind["value"]).check()
    expect(page.get_by_text(f"{kind['count']} entr").first).to_be_visible()
    page.get_by_role("button", name="Sources").click()
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("dialog").get_by_label("Claims").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("columnheader", name="Claims")).to_be_visible()
    assert f"type={kind['value']}" in page.url
    assert "sort=voices" in page.url
    page.reload()
    window.settled()
    expect(page.get_by_role("columnheader", name="Claims")).to_be_visible()
    expect(page.get_by_text(f"{kind['count']} entr").first).to_be_visible()


def test_words_are_searched_and_nothing_found_says_what_to_do(window: Any) -> None:
    page = window.open("/incidents")
    page.keyboard.press("/")
    page.keyboard.type("zzyzx")
    expect(page.get_by_role("heading", name="No incident fits")).to_be_visible()
    page.get_by_role("button", name="Take all filters away").click()
    expect(page.get_by_role("table")).to_be_visible()


def test_each_list_is_a_file_too(window: Any) -> None:
    kind = window.get("/api/incidents")["facets"]["type"][0]
    page = window.open(f"/incidents?type={kind['value']}")
    for label in ("CSV", "JSONL", "GeoJSON"):
        address = page.get_by_role("link", name=label, exact=True).get_attribute("href")
        answer = window.context.request.get(window.desk.base + address)
        assert answer.ok
        if label == "CSV":
            rows = list(csv.DictReader(StringIO(answer.text())))
            assert len(rows) == kind["count"]


def test_several_are_rejected_with_a_reason_and_brought_back(window: Any) -> None:
    page = window.open("/incidents")
    before = window.get("/api/incidents")["total"]
    page.keyboard.press("j")
    page.keyboard.press("v")
    expect(page.get_by_text("1 incident chosen")).to_be_visible()
    page.keyboard.press("x")
    page.get_by_label("Reason").fill("no event at all")
    page.get_by_role("dialog").get_by_role("button", name="Reject claims").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Undo").last).to_be_enabled()
    assert window.get("/api/incidents")["total"] == before - 1
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.get_by_text(f"{before} entr").first).to_be_visible()


def test_an_incident_shows_who_tells_what(window: Any) -> None:
    row = _disputed(window)
    told = window.get(f"/api/incidents/{quote(row['id'])}")
    page = window.open(f"/incidents/{row['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(row["says"])
    assert page.locator(".excerpt").count() == len(told["claims"])
    assert page.locator(".settled > li").count() == len(told["slots"])
    first = page.locator(".excerpt").first
    marked = first.locator("mark").first
    quoted = told["claims"][0]
    span = quoted["claim"]["type"]["evidence"][0]
    words = quoted["quote"][span["start"] - quoted["offset"] : span["end"] - quoted["offset"]]
    shown = page.locator(".excerpt").filter(has_text=quoted["quote"][:40]).first
    expect(shown.locator("mark").first).to_have_text(words)
    expect(marked).to_be_visible()


def test_no_such_incident(window: Any) -> None:
    page = window.page
    page.goto(f"{window.desk.base}/incidents/i-nowhere")
    expect(page.get_by_role("heading", name="There is no such incident")).to_be_visible()
