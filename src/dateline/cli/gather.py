"""The corpus that a command's options mean: from a store, or from dispatches coded at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import dateline
from dateline.cli.code import coded, documents, some
from dateline.cli.console import Tally, errors, progress
from dateline.cli.options import day, settings
from dateline.cli.selection import POLICY, Where
from dateline.corpus import conclude, find_incident
from dateline.errors import StoreError
from dateline.model import Record
from dateline.model.incident import Corpus, Incident

if TYPE_CHECKING:
    from dateline.store import Query, Store


@contextmanager
def found(chosen: Where, *, dispatches: bool = True) -> Iterator[tuple[Corpus, Tally]]:
    """The corpus that is wanted, and the tally of what was coded for it.

    Without `dispatches` a store need not be read whole: only incidents and disputes are there.

    Raises:
        ConfigError: An option has an unknown value.
        StoreError: There is no store, or it holds nothing.
    """
    from dateline.link.policies import policy

    policy(chosen.policy)
    query = chosen.query()
    if chosen.paths:
        with progress(shown=not chosen.quiet) as tally:
            corpus = _linked(chosen, tally)
        yield _restricted(corpus, query), tally
        return
    with opened(chosen) as store:
        if dispatches or chosen.policy != POLICY:
            corpus = _stored(store, chosen.policy, query)
        else:
            corpus = _light(store, query)
    yield corpus, Tally()


@contextmanager
def opened(chosen: Where) -> "Iterator[Store]":
    """The store, with all that follows from its dispatches computed.

    Raises:
        StoreError: There is none, or it holds no dispatches.
    """
    from dateline.store import Store

    with Store.open(chosen.store, create=False) as store:
        if not any(x.added for x in store.runs()):
            raise StoreError(
                f"{store.name}: the store holds no dispatches yet; 'dateline add PATH' adds some"
            )
        if store.concluded() != store.edition():
            if not chosen.quiet:
                errors().print("linking what is new in the store", style="dim")
            conclude(store)
        yield store


@contextmanager
def one(chosen: Where, wanted: str) -> Iterator[tuple[Corpus, Tally]]:
    """One incident, with its dispatches and all that concerns it.

    Raises:
        ConfigError: There is no such incident, or several begin so.
        StoreError: There is no store, or it holds nothing.
    """
    from dateline.link.policies import policy
    from dateline.link.settle import settle

    policy(chosen.policy)
    if chosen.paths:
        with found(chosen) as (corpus, tally):
            yield _around(corpus, find_incident(corpus.incidents, wanted)), tally
        return
    with opened(chosen) as store:
        incident = store.incident(wanted) or find_incident(store.incidents(), wanted)
        bare = Corpus((), (incident,), store.origins(), (), store.conflicts(), store.commitments())
        around = _around(bare, incident)
        told = map(store.record, sorted(_documents(around)))
        records = tuple(sorted((x for x in told if x is not None), key=_published))
    whole = replace(around, records=records)
    yield (whole if chosen.policy == POLICY else settle(whole, chosen.policy)), Tally()


def _around(corpus: Corpus, incident: Incident) -> Corpus:
    """An incident with its dispatches and their reprints, disputes, and plans it is part of."""
    claims = set(incident.claims)
    plans = tuple(x for x in corpus.commitments if claims & {x.promise, *x.evidence})
    part = replace(corpus, incidents=(incident,), judgements=(), commitments=plans)
    told = _documents(part)
    return replace(
        part,
        records=tuple(x for x in corpus.records if x.document.id in told),
        origins=tuple(x for x in corpus.origins if told & set(x.documents)),
        conflicts=tuple(x for x in corpus.conflicts if x.incident == incident.id),
    )


def _documents(part: Corpus) -> set[str]:
    """The ids of the dispatches that tell of a part's incidents and plans, and of reprints."""
    claims = {claim for x in part.incidents for claim in x.claims}
    claims |= {claim for x in part.commitments for claim in (x.promise, *x.evidence)}
    told = {document_of(claim) for claim in claims}
    return told.union(*(x.documents for x in part.origins if told & set(x.documents)))


def document_of(claim: str) -> str:
    """The id of the dispatch that a claim (its id) is in."""
    return claim.partition(":")[0]


def _published(record: Record) -> tuple[str, str]:
    day = record.document.published
    return (day.isoformat() if day else "9999"), record.document.id


def _linked(chosen: Where, tally: Tally) -> Corpus:
    from dateline.link import link

    config = settings(chosen.config, chosen.engine, chosen.workers, chosen.address)
    read = documents(chosen.paths or [], day(chosen.published), None, config)
    wanted = some(read, chosen.limit, chosen.sample, chosen.seed)
    return link(list(tally.watch(coded(wanted, config))), policy=chosen.policy)


def _restricted(corpus: Corpus, query: "Query") -> Corpus:
    """The part of a corpus that is wanted, asked of a store that lives no longer than the asking.

    So the same options choose the same incidents, whether they lie in a store or not.
    """
    from dateline.store import Coder, Query, Store

    if query == Query():
        return corpus
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "part.db") as store:
        run = store.start_run(Coder(dateline.__version__))
        for _ in store.add_all((x for x in corpus.records if x.problem is None), run):
            pass
        store.finish_run(run)
        store.replace_incidents(corpus)
        return _part(store, query)


def _stored(store: "Store", policy: str, query: "Query") -> Corpus:
    from dateline.link.settle import settle

    if policy == POLICY:
        return _part(store, query)
    # Only the status (beside the tolls, which are not asked for) depends on the policy.
    corpus = settle(_part(store, replace(query, status=None)), policy)
    if query.status is None:
        return corpus
    kept = tuple(x for x in corpus.incidents if x.status.value == query.status)
    return _about(replace(corpus, incidents=kept))


def _light(store: "Store", query: "Query") -> Corpus:
    incidents = store.incidents(query)
    ids = {x.id for x in incidents}
    conflicts = tuple(x for x in store.conflicts() if x.incident in ids)
    return Corpus((), incidents, conflicts=conflicts)


def _part(store: "Store", query: "Query") -> Corpus:
    from dateline.store import Query

    corpus = store.corpus(query)
    return corpus if query == Query() else _about(corpus)


def _about(corpus: Corpus) -> Corpus:
    """Of a part of a store only what concerns its incidents."""
    ids = {x.id for x in corpus.incidents}
    claims = {claim for x in corpus.incidents for claim in x.claims}
    told = {document_of(claim) for claim in claims}
    return replace(
        corpus,
        records=tuple(x for x in corpus.records if x.document.id in told),
        conflicts=tuple(x for x in corpus.conflicts if x.incident in ids),
        commitments=tuple(x for x in corpus.commitments if x.promise in claims),
    )
