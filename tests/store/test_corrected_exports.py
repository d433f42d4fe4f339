"""What people correct is what exports show: every act, read back with a reader of the format."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
from tests.store.store_builders import CODER, dispatch

from dateline.corpus import conclude
from dateline.export.formats import export
from dateline.model import Basis, Claim, Count, Place, Reading
from dateline.model.correction import Act, Correction
from dateline.store import Store

MADE = dispatch(1)
FIRST, SECOND = MADE.claims[0], MADE.claims[1]
AMA = "person/Ama"


def exported(store: Store, folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The claims and incidents that the tables tell after linking."""
    conclude(store)
    export(store.corpus(), ["csv", "geojson"], folder)
    claims = pd.read_csv(folder / "claims.csv", keep_default_na=False)
    return claims, pd.read_csv(folder / "incidents.csv", keep_default_na=False)


def filled(store: Store) -> Store:
    run = store.start_run(CODER)
    store.add(MADE, run)
    store.finish_run(run)
    return store


def test_an_edit_is_exported_everywhere(store: Store, tmp_path: Path) -> None:
    before, _ = exported(filled(store), tmp_path / "before")
    place = Reading(Place("Tolna", "NER", "town", 14.5, 3.25), Basis.ASSUMED)
    toll = Reading(Count("killed", "villagers", 77, 77, 77), Basis.ASSUMED)
    store.correct(Correction(FIRST.id, "places", (place,), AMA))
    store.correct(Correction(FIRST.id, "counts", (toll,), AMA))
    claims, incidents = exported(store, tmp_path / "after")
    assert not before.astype(str).apply(lambda x: x.str.contains("Tolna")).to_numpy().any()
    for table in (claims, incidents):
        told = table.astype(str).apply(lambda x: x.str.contains("Tolna")).to_numpy()
        assert told.any()
    assert incidents.astype(str).apply(lambda x: x.str.contains("77")).to_numpy().any()
    shapes = json.loads((tmp_path / "after" / "incidents.geojson").read_text("utf-8"))
    points = [x["geometry"]["coordinates"] for x in shapes["features"] if x["geometry"]]
    assert [3.25, 14.5] in points


def test_rejected_and_merged_claims_are_not_exported(store: Store, tmp_path: Path) -> None:
    before, _ = exported(filled(store), tmp_path / "before")
    store.correct(Correction(SECOND.id, "", (), AMA, act=Act.MERGE, into=FIRST.id))
    merged, _ = exported(store, tmp_path / "merged")
    assert list(merged["claim"]) == [x for x in before["claim"] if x != SECOND.id]
    store.correct(Correction(SECOND.id, "", (), AMA, act=Act.REOPEN))
    again, _ = exported(store, tmp_path / "again")
    assert list(again["claim"]) == list(before["claim"])
    store.correct(Correction(SECOND.id, "", (), AMA, act=Act.REJECT))
    rejected, _ = exported(store, tmp_path / "rejected")
    assert list(rejected["claim"]) == list(merged["claim"])


def test_a_split_claim_is_exported_as_its_parts(store: Store, tmp_path: Path) -> None:
    before, _ = exported(filled(store), tmp_path / "before")
    parts = (of_type(FIRST, "COERCE", 0), of_type(FIRST, "PROTEST", 1))
    store.correct(Correction(FIRST.id, "", (), AMA, act=Act.SPLIT, claims=parts))
    split, _ = exported(store, tmp_path / "split")
    assert len(split) == len(before) + 1
    assert {"COERCE", "PROTEST"} <= set(split["type"])


def test_an_accepted_claim_is_exported_as_it_was(store: Store, tmp_path: Path) -> None:
    before, _ = exported(filled(store), tmp_path / "before")
    store.correct(Correction(FIRST.id, "", (), AMA, act=Act.ACCEPT))
    after, _ = exported(store, tmp_path / "after")
    pd.testing.assert_frame_equal(before, after)


def of_type(claim: Claim, kind: str, by: int) -> Claim:
    """A claim of another type, whose trigger begins so many letters later."""
    at = claim.type.evidence[0]
    return replace(
        claim, type=Reading(kind, Basis.STATED, (replace(at, start=at.start + by),), "person")
    )
