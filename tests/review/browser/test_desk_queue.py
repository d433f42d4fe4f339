"""The review queue in a browser, by keyboard alone."""

import re
from typing import Any
from urllib.parse import quote

from playwright.sync_api import expect


def first(window: Any, **wanted: str) -> dict[str, Any]:
    """The first open claim that the queue shows and that has these values."""
    items = window.get("/api/queue?state=open&limit=200")["items"]
    found = [x for x in items if all(x[key] == value for key, value in wanted.items())]
    return dict(found[0])


def claim(window: Any, claim_id: str) -> dict[str, Any]:
    """A claim as it is now, be it there or rejected."""
    found = window.get(f"/api/documents/{claim_id.partition(':')[0]}")
    return next(x for x in found["claims"] + found["gone"] if x["id"] == claim_id)


def path(claim_id: str) -> str:
    return f"/review/{quote(claim_id, safe='')}"


def waiting(window: Any, number: int) -> None:
    """Wait until the queue shows this many claims, and a claim is ready to be decided on."""
    expect(window.page.locator(".queue-head .chip")).to_have_text(str(number))
    expect(window.page.get_by_role("button", name="Accept").first).to_be_enabled()


def test_a_claim_is_accepted_and_the_next_one_comes_by_one_key(window: Any) -> None:
    before = window.get("/api/queue?state=open")
    one, two = before["items"][:2]
    page = window.page
    waiting(window, before["total"])
    page.keyboard.press("a")
    expect(page.get_by_text(re.compile("^Accepted: "))).to_be_visible()
    waiting(window, before["total"] - 1)
    assert quote(two["id"], safe="") in page.url
    assert claim(window, one["id"])["review"]["state"] == "accepted"


def test_undo_and_redo_go_several_steps(window: Any) -> None:
    page = window.page
    before = window.get("/api/queue?state=open")
    ids = [x["id"] for x in before["items"][:2]]
    for k in range(2):
        waiting(window, before["total"] - k)
        page.keyboard.press("a")
    waiting(window, before["total"] - 2)

    def states() -> list[str]:
        return [claim(window, one)["review"]["state"] for one in ids]

    assert states() == ["accepted", "accepted"]
    undo = page.get_by_role("button", name="Undo").first
    redo = page.get_by_role("button", name="Redo").first
    expect(undo).to_be_enabled()
    page.keyboard.press("u")
    waiting(window, before["total"] - 1)
    assert states() == ["accepted", "open"]
    expect(redo).to_be_enabled()
    page.keyboard.press("Control+z")
    waiting(window, before["total"])
    assert states() == ["open", "open"]
    expect(undo).to_be_disabled()
    page.keyboard.press("Shift+U")
    waiting(window, before["total"] - 1)
    assert states() == ["accepted", "open"]


def test_a_rejection_keeps_its_reason(window: Any) -> None:
    page = window.page
    one = window.get("/api/queue?state=open")["items"][0]
    page.keyboard.press("x")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("a wish, no event")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    found = claim(window, one["id"])
    assert (found["review"]["state"], found["review"]["why"]) == ("rejected", "a wish, no event")


def test_a_slot_is_traced_to_its_words_and_edited(window: Any) -> None:
    one = first(window, status="actual")
    page = window.open(path(one["id"]))
    page.keyboard.press("1")
    expect(page.locator(".slot:focus")).to_contain_text(one["type"])
    expect(page.locator(".evidence .lit").first).to_be_visible()
    page.keyboard.press("3")
    expect(page.locator(".slot:focus")).to_contain_text("Status")
    page.keyboard.press("e")
    expect(page.locator(".slot-editor select")).to_be_focused()
    page.keyboard.type("planned")
    page.keyboard.press("Enter")
    expect(page.locator(".slot-editor")).to_have_count(0)
    expect(page.locator(".claim-panel > header").get_by_text("planned")).to_be_visible()
    found = claim(window, one["id"])
    assert (found["status"]["value"], found["review"]["state"]) == ("planned", "edited")
    expect(page.locator(".evidence .ev-word.planned").first).to_have_text("planned")


def test_what_was_typed_outlives_the_page(window: Any) -> None:
    one = window.get("/api/queue?state=open")["items"][0]
    page = window.open(path(one["id"]))
    page.keyboard.press("4")
    expect(page.locator(".slot:focus")).to_contain_text("Actors")
    page.keyboard.press("e")
    page.get_by_label("Reason").fill("named further down")
    window.open(path(one["id"]))
    page.keyboard.press("4")
    expect(page.locator(".slot:focus")).to_contain_text("Actors")
    page.keyboard.press("e")
    expect(page.get_by_text("Your unsaved draft was restored.")).to_be_visible()
    expect(page.get_by_label("Reason")).to_have_value("named further down")
    page.keyboard.press("Escape")
    expect(page.locator(".slot-editor")).to_have_count(0)


def test_a_missed_claim_is_added_from_words_chosen_with_the_arrow_keys(window: Any) -> None:
    one = window.get("/api/queue?state=open")["items"][0]
    page = window.open(path(one["id"]))
    document = one["document"]
    before = len(window.get(f"/api/documents/{document}")["claims"])
    page.keyboard.press("t")
    expect(page.locator(".evidence")).to_be_focused()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    chosen = page.locator(".selection-note").inner_text()
    words = re.findall(r"“(.+)”", chosen)[0]
    page.keyboard.press("n")
    expect(page.get_by_role("dialog")).to_contain_text(words)
    page.keyboard.type("PROTEST")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    after = window.get(f"/api/documents/{document}")
    added = [x for x in after["claims"] if x["review"]["state"] == "added"]
    assert (len(after["claims"]), len(added)) == (before + 1, 1)
    spot = added[0]["type"]["evidence"][0]
    points = list(after["text"])[spot["start"] : spot["end"]]
    assert "".join(points) == words
    assert added[0]["type"]["value"] == "PROTEST"


def test_claims_are_merged_and_split(window: Any) -> None:
    one = window.get("/api/queue?state=open")["items"][0]
    page = window.open(path(one["id"]))
    before = len(window.get(f"/api/documents/{one['document']}")["claims"])
    page.keyboard.press("m")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    merged = window.get(f"/api/documents/{one['document']}")
    assert len(merged["claims"]) == before - 1
    assert claim(window, one["id"])["review"]["state"] == "merged"
    window.settled()
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(window.get(f"/api/documents/{one['document']}")["claims"]) == before


def test_a_conflict_loses_nothing(window: Any) -> None:
    one = first(window, status="actual")
    page = window.open(path(one["id"]))
    seen = claim(window, one["id"])
    page.keyboard.press("4")
    expect(page.locator(".slot:focus")).to_contain_text("Actors")
    page.keyboard.press("e")
    page.get_by_label("Reason").fill("mine")
    page.get_by_role("button", name="Add another").click()
    page.get_by_label("Name").last.fill("Border Guard of Nowhere")
    status = {
        "act": "edit",
        "claim": one["id"],
        "slot": "status",
        "readings": [{"value": "alleged"}],
    }
    window.post("/api/commands", status, seen["version"])
    page.locator(".slot-editor").get_by_role("button", name="Save").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Someone changed this claim meanwhile")
    expect(dialog).to_contain_text("Border Guard of Nowhere")
    assert "Border Guard of Nowhere" not in str(claim(window, one["id"])["actors"])
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    found = claim(window, one["id"])
    assert found["status"]["value"] == "alleged"
    assert found["actors"][-1]["value"]["name"] == "Border Guard of Nowhere"


def test_help_names_the_keys_that_work(window: Any) -> None:
    page = window.page
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    for label in ("Accept", "Reject", "Split", "Merge", "Next claim", "Undo", "Redo"):
        expect(dialog.get_by_text(label, exact=True).first).to_be_visible()
    assert window.axe() == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_text_from_outside_stays_text(window: Any) -> None:
    found = window.get("/api/documents?q=shells")["items"]
    bad = next(x["id"] for x in found if x["name"] == "hostile")
    items = window.get(f"/api/queue?state=open&document={bad}")["items"]
    page = window.page
    for address in [f"/documents/{bad}", *[path(x["id"]) for x in items[:1]], "/documents"]:
        window.open(address)
        assert page.evaluate("window.hit") is None
        assert page.locator("main :is(script, img, iframe, h1 *, .evidence b)").count() == 0
    window.open(f"/documents/{bad}")
    expect(page.locator(".evidence .ev-hidden").first).to_have_text("U+202E")
    expect(page.locator(".evidence")).to_contain_text("<script>window.hit = 1</script>")
