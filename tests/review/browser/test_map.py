"""The map and the timeline."""

from typing import Any

from playwright.sync_api import expect

from tests.review.browser.explore import faults


def test_it_fits_everybody(window: Any) -> None:
    assert faults(window, "/map") == {}


def test_the_brush_chooses_days_and_the_list_follows(window: Any) -> None:
    page = window.open("/map")
    expect(page.get_by_text("All days")).to_be_visible()
    bars = page.locator(".timeline-plot canvas").bounding_box()
    assert bars is not None
    middle = bars["y"] + bars["height"] / 3
    page.mouse.move(bars["x"] + bars["width"] * 0.05, middle)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] * 0.3, middle, steps=4)
    page.mouse.up()
    expect(page.get_by_role("button", name="Choose all days")).to_be_visible()
    assert "since=" in page.url
    assert "until=" in page.url
    query = page.url.split("?", 1)[1]
    total = window.get(f"/api/incidents?{query}")["total"]
    expect(page.locator(".in-view h2")).to_contain_text(str(total))
    page.keyboard.press("t")
    expect(page.get_by_text("All days")).to_be_visible()
    assert "since=" not in page.url


def test_the_brush_moves_by_keys_too(window: Any) -> None:
    page = window.open("/map")
    grip = page.get_by_role("slider", name="First day")
    grip.focus()
    before = grip.get_attribute("aria-valuenow")
    page.keyboard.press("ArrowRight")
    expect(grip).not_to_have_attribute("aria-valuenow", str(before))
    assert "since=" in page.url
    page.keyboard.press("Escape")
    expect(grip).to_have_attribute("aria-valuenow", str(before))


def test_the_same_incidents_as_a_table(window: Any) -> None:
    page = window.open("/map?status=planned")
    page.get_by_role("link", name="Show as a table").click()
    window.settled()
    assert "/incidents?" in page.url
    assert "status=planned" in page.url
