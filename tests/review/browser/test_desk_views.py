"""Every view of the desk: accessible, within its width, in both themes and languages."""

from typing import Any

import pytest
from playwright.sync_api import expect

VIEWS = [
    "/",
    "/pairs",
    "/quality",
    "/quality/assignments",
    "/quality/differences",
    "/documents",
    "/runs",
    "/failures",
    "/history",
    "/audit",
    "/users",
    "/settings",
    "/login",
    "/nowhere",
]


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 1440), ("light", 360)])
def test_axe_finds_nothing(window: Any, theme: Any, width: int) -> None:
    window.page.set_viewport_size({"width": width, "height": 900})
    window.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    document = window.get("/api/documents")["items"][0]["id"]
    found = {}
    for view in [*VIEWS, f"/documents/{document}"]:
        window.open(view)
        found[view] = window.axe()
    assert {view: faults for view, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [360, 2560])
def test_no_view_is_wider_than_the_window(window: Any, width: int) -> None:
    window.page.set_viewport_size({"width": width, "height": 800})
    wide = {}
    for view in VIEWS:
        window.open(view)
        wide[view] = window.page.evaluate("document.documentElement.scrollWidth")
    assert {view: size for view, size in wide.items() if size > width} == {}


def test_the_desk_speaks_french_and_keeps_the_choice(window: Any) -> None:
    page = window.open("/settings")
    page.get_by_label("Language").select_option("fr")
    expect(page.get_by_role("heading", name="Réglages", level=1)).to_be_visible()
    window.open("/pairs")
    expect(page.get_by_role("heading", name="Même fait ou non")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert window.axe() == []


def test_a_pair_is_judged_by_one_key(window: Any) -> None:
    page = window.open("/pairs")
    before = window.get("/api/pairs?state=open")
    page.keyboard.press("y")
    expect(page.get_by_text("Judged: Same")).to_be_visible()
    after = window.get("/api/pairs?state=judged")
    assert [x["id"] for x in after["items"]] == [before["items"][0]["id"]]
    assert after["items"][0]["verdict"] == "same"
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Redo").first).to_be_enabled()
    assert window.get("/api/pairs?state=judged")["total"] == 0


def test_the_audit_log_holds_the_change_and_is_whole(window: Any) -> None:
    page = window.page
    page.keyboard.press("a")
    expect(page.get_by_text("Accepted:").first).to_be_visible()
    window.open("/audit")
    expect(page.locator("main table")).to_contain_text("accept")
    page.get_by_role("button", name="Check the chain").click()
    expect(page.get_by_text("The chain is whole")).to_be_visible()
    window.open("/history")
    expect(page.locator(".history-list li").first).to_contain_text("accept")


def test_who_has_no_link_is_told_where_to_find_it(window: Any) -> None:
    window.context.clear_cookies()
    page = window.open("/review")
    page.wait_for_url("**/login**")
    expect(page.get_by_text("Open it by the address that")).to_be_visible()
