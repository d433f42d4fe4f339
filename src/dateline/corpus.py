"""Dispatches linked into incidents, for work in a notebook.

The verb is `linked`, since `link` is the name of a stage, and `dateline.link` leads there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dateline import model
from dateline.api import code_many
from dateline.errors import ConfigError
from dateline.model import incident as told_together
from dateline.model.incident import Incident, Timeline

if TYPE_CHECKING:
    import pandas as pd

    from dateline.config import Config
    from dateline.export.ledger import Line
    from dateline.store import Store

# Everything below the model is imported where it is used, so that `import dateline` stays instant.

Told = str | Path | Iterable[str | Path] | Iterable[model.Record] | told_together.Corpus
Per = Literal["incident", "claim", "telling", "toll", "source", "ledger", "dispute", "commitment"]
_NAMED = 5  # names that an error lists
_FEW, _PART = 20, 4  # dispatches, and the part of a store, up to which linking goes on from before
_TRIES = 5  # before all is linked at once, since others keep adding


@dataclass(frozen=True, slots=True, repr=False)
class Corpus(told_together.Corpus):
    """Dispatches and what they tell together: shows itself, and becomes tables."""

    @classmethod
    def of(cls, corpus: told_together.Corpus) -> "Corpus":
        """The same corpus with the notebook's methods."""
        return cls(
            corpus.records, corpus.incidents, corpus.origins, corpus.judgements,
            corpus.conflicts, corpus.commitments,
        )  # fmt: skip

    def __repr__(self) -> str:
        return (
            f"<Corpus: {len(self.records)} dispatches, {len(self.incidents)} incidents, "
            f"{len(self.conflicts)} disputes, {len(self.commitments)} plans>"
        )

    def incident(self, wanted: str) -> Incident:
        """The incident of an id, of its first letters, or of an id that was merged into it.

        Raises:
            ConfigError: There is none, or several begin so.
        """
        return find_incident(self.incidents, wanted)

    def timeline(self, actor: str) -> Timeline:
        """What a party did and what was done to it.

        Raises:
            ConfigError: No incident has it, or several are called so.
        """
        return find_timeline(self, actor)

    def ledger(self) -> "tuple[Line, ...]":
        """Which source says what, in which claim, with which figure; disputes first."""
        from dateline.export.ledger import ledger

        return tuple(ledger(self))

    def settled(self, policy: str) -> "Corpus":
        """The same incidents, with the values that another policy makes of their tellings.

        Raises:
            ConfigError: There is no such policy.
        """
        from dateline.link.settle import settle

        return Corpus.of(settle(self, policy))

    def to_pandas(self, per: Per = "incident") -> "pd.DataFrame":
        """A table with one row per incident, claim, telling of a slot, toll, dispatch and so on."""
        from dateline.export.corpus_tables import frame

        found: pd.DataFrame = frame(self, per)
        return found

    def _repr_html_(self) -> str:
        from dateline.export.corpus_html import corpus_fragment

        return corpus_fragment(self)


def linked(told: Told, *, policy: str = "conservative", config: "Config | None" = None) -> Corpus:
    """Link dispatches into incidents: what they tell together, and where they contradict.

    `told` are files and folders (which are coded first), records, or a corpus that was linked
    before and is settled by another policy. Policies: conservative, informative, latest-official,
    ucdp.

    Raises:
        InputError: A path does not exist or a folder holds nothing to read.
        ConfigError: There is no such policy.
    """
    from dateline.link import link
    from dateline.link.policies import policy as find_policy

    find_policy(policy)
    if isinstance(told, told_together.Corpus):
        return Corpus.of(told).settled(policy)
    return Corpus.of(link(_records(told, config), policy=policy))


@dataclass(frozen=True, slots=True)
class Concluded:
    """What `conclude` did: linked all (`whole`) or a part, and which incidents are new or other."""

    whole: bool = False
    incidents: tuple[str, ...] = ()


def conclude(store: "Store") -> Concluded:
    """Bring what follows from the dispatches of a store up to date with them and with people.

    Only what new, newly coded or corrected dispatches and new verdicts touch is linked again,
    unless they are a large part of the store. Nothing is done where nothing has changed. Several
    processes may do it at once.
    """
    from dateline.link import relink

    for _ in range(_TRIES):
        edition, since = store.edition(), store.concluded()
        if since == edition:
            return Concluded()
        stale = store.stale()
        if stale is None or len(stale[0]) > _FEW + store.linked() // _PART:
            break
        found = (store.record(document) for document in sorted(stale[0]))
        records = [record for record in found if record is not None and record.problem is None]
        with store.shelf() as shelf:
            change = relink(shelf, records, judged=stale[1])
        if store.change_incidents(change, edition, since or ""):
            return Concluded(incidents=tuple(x.id for x in change.corpus.incidents))
    return _conclude_all(store)


def _conclude_all(store: "Store") -> Concluded:
    from dateline.link import Linker

    edition = store.edition()
    linker = Linker(store.records(), judgements=store.verdicts(), known=store.incidents())
    corpus = linker.corpus()
    store.replace_incidents(corpus, edition, linker.linkage(corpus))
    return Concluded(whole=True, incidents=tuple(x.id for x in corpus.incidents))


def open_store(where: str | Path) -> "Store":
    """The store that `dateline add` filled, by its file or address; close it, or use it in `with`.

    `dateline.linked(store.corpus())` gives what it holds as tables.

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    from dateline.store import Store

    return Store.open(where, create=False)


def find_incident(incidents: Sequence[Incident], wanted: str) -> Incident:
    """The incident of an id, of its first letters, or of an id that was merged into it.

    Raises:
        ConfigError: There is none, or several begin so.
    """
    whole = [x for x in incidents if wanted == x.id or wanted in x.merged]
    begun = [x for x in incidents if any(y.startswith(wanted) for y in (x.id, *x.merged))]
    found = whole or begun
    if not wanted or not found:
        raise ConfigError(f"{wanted or 'no id'}: no such incident; 'dateline incidents' lists them")
    if len(found) > 1:
        raise ConfigError(f"{wanted}: several incidents begin so: {_some([x.id for x in found])}")
    return found[0]


def find_timeline(corpus: told_together.Corpus, actor: str) -> Timeline:
    """The timeline of a party by its name, another name it is known by, or a part of its name.

    Raises:
        ConfigError: No incident has it, or several are called so.
    """
    from dateline.knowledge.geography import fold
    from dateline.knowledge.parties import load
    from dateline.link import timelines

    lines = {fold(x.party.name): x for x in timelines(corpus)}
    known = [x.actor.name for x in load().find(actor) if (x.start, x.end) == (0, len(actor))]
    for name in (fold(actor), *map(fold, known)):
        if name in lines:
            return lines[name]
    found = [x for name, x in lines.items() if fold(actor) and fold(actor) in name]
    if not found:
        busiest = _some([x.party.name for x in lines.values()]) or "none"
        raise ConfigError(f"{actor}: no incident names such a party; those named most: {busiest}")
    if len(found) > 1:
        names = _some([x.party.name for x in found])
        raise ConfigError(f"{actor}: several parties are called so: {names}")
    return found[0]


def _records(told: Any, config: "Config | None") -> Iterable[model.Record]:
    if isinstance(told, str | Path):
        return code_many(told, config=config)
    found = list(told)
    if all(isinstance(x, model.Record) for x in found):
        return found
    if all(isinstance(x, str | Path) for x in found):
        return code_many(found, config=config)
    raise ConfigError("paths or records are expected, all of one kind")


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


__all__: Sequence[str] = (
    *("Concluded", "Corpus", "conclude", "find_incident", "find_timeline", "linked", "open_store"),
)
