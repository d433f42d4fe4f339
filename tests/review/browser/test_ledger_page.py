"""The claims ledger."""

from typing import Any

from playwright.sync_api import expect

from tests.review.browser.explore import faults


def test_it_fits_everybody(window: Any) -> None:
    assert faults(window, "/ledger") == {}


def test_what_is_disputed_comes_first(window: Any) -> None:
    page = window.open("/ledger")
    told = window.get("/api/ledger?limit=20")["items"]
    disputed = [bool(entry["disputes"]) for entry in told]
    assert disputed[0]
    assert disputed == sorted(disputed, reverse=True)
    assert page.locator(".ledger-entry").count() == len(told)
    first = page.locator(".ledger-entry").first
    expect(first).to_have_class("ledger-entry disputed")
    assert first.locator("tbody tr").count() == len(told[0]["lines"])


def test_lines_are_filtered_by_stance(window: Any) -> None:
    page = window.open("/ledger")
    page.get_by_label("Stance of the source").select_option("denies")
    window.settled()
    assert "stance=denies" in page.url
    told = window.get("/api/ledger?limit=20")["items"]
    wanted = sum(line["stance"] == "denies" for entry in told for line in entry["lines"])
    assert page.locator(".ledger-entry tbody tr").count() == wanted
