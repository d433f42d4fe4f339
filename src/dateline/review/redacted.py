"""A store of what may be published: as a profile of redaction leaves it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import dateline
from dateline.export.redact import Rule, redact
from dateline.model.correction import Act, Correction
from dateline.model.incident import Corpus
from dateline.review.schemas.shared import Role
from dateline.store import Coder, Store, desk_reads, listed_claims, verdicts
from dateline.store.sheets import Sheet

_NAME = "release.db"  # which pages show; that of the store itself may tell something
_SOMEBODY = f"person/{Role.reviewer.value}"


@contextmanager
def redacted(store: Store, rules: Mapping[str, Rule]) -> Iterator[Store]:
    """A store with nothing in it but the redacted corpus, for as long as it is needed.

    Claims that people decided on are accepted ones there: what they were before is not told, nor
    are claims that were rejected.
    """
    whole = store.corpus()
    found = redact(whole, rules)
    room = TemporaryDirectory(prefix="dateline-release-")
    with room as folder, Store.open(Path(folder) / _NAME) as target:
        run = target.start_run(Coder(dateline.__version__))
        for _ in target.add_all(iter(found.records), run):
            continue
        target.finish_run(run)
        target.replace_incidents(found, target.edition())
        _accept(target, _decided(store, whole, found))
        yield target


def _decided(store: Store, whole: Corpus, found: Corpus) -> list[str]:
    """The claims that people decided on, by the ids that they have after redaction."""
    ids = [x.document.id for x in whole.records]
    sheets = {
        original.document.id: Sheet(original, corrected)
        for original, corrected in desk_reads.corrected(store.database, ids)
    }
    decided: list[str] = []
    for before, after in zip(whole.records, found.records, strict=True):
        sheet = sheets[before.document.id]
        pairs = zip(before.claims, after.claims, strict=True)
        decided += [new.id for old, new in pairs if sheet.state(old) != "open"]
    return decided


def _accept(target: Store, claims: list[str]) -> None:
    with target.database.write() as connection:
        for claim in claims:
            verdicts.enter(connection, Correction(claim, "", (), _SOMEBODY, act=Act.ACCEPT))
        listed_claims.renew(connection, {x.partition(":")[0] for x in claims})
