"""Announced acts and what became of them."""

from typing import Any

from playwright.sync_api import expect

from tests.review.browser.explore import faults


def test_it_fits_everybody(window: Any) -> None:
    assert faults(window, "/plans") == {}


def test_plans_are_filtered_by_outcome(window: Any) -> None:
    page = window.open("/plans")
    told = window.get("/api/plans?limit=100")
    assert page.locator(".plan").count() == len(told["items"])
    outcome = told["facets"]["outcome"][0]
    page.get_by_role("toolbar", name="What became of it").get_by_role(
        "button", name=outcome["value"]
    ).click()
    expect(page.locator(".plan")).to_have_count(outcome["count"])
    assert f"outcome={outcome['value']}" in page.url


def test_a_plan_stands_beside_the_words_that_show_its_outcome(window: Any) -> None:
    told = window.get("/api/plans?limit=100")["items"]
    shown = next(plan for plan in told if plan["evidence"])
    page = window.open("/plans")
    card = page.locator(".plan").filter(has_text=shown["says"]).first
    expect(card.locator("blockquote").first).to_have_text(shown["quote"])
    expect(card.locator("blockquote").nth(1)).to_have_text(shown["evidence"][0]["quote"])
