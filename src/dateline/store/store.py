"""The store: dispatches with their claims, what people say of them, and what follows."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import batched
from pathlib import Path
from types import TracebackType
from typing import Self

from dateline.model import Document, Record
from dateline.model.correction import Correction, Unattached
from dateline.model.incident import (
    Commitment,
    Conflict,
    Corpus,
    Incident,
    Judgement,
    Origin,
)
from dateline.model.linkage import Change, Linkage
from dateline.store import conclusions, dispatches, linkage, listed_claims, people, verdicts
from dateline.store.connection import Database
from dateline.store.schema import prepare
from dateline.store.values import Added, Coder, Failure, Query, Run

BATCH = 64  # dispatches entered together by `add_all`
EVERYTHING = Query()


class Store:
    """A database of dispatches: one SQLite file, or a PostgreSQL database by its URL.

    Dispatches, claims, judgements and corrections are added and never changed; incidents and what
    else is computed from them are replaced. Every method that writes does so in one transaction.
    All of them raise `StoreError` where the database cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> Self:
        """Open a store by its file or URL; it is made, or brought to this version, if need be.

        Raises:
            StoreError: There is none (and `create` is off), the database is another program's or
                damaged, or a newer Dateline wrote it.
        """
        database = Database(where)
        try:
            prepare(database, create=create)
        except BaseException:
            database.close()
            raise
        return cls(database)

    @property
    def name(self) -> str:
        """The file or address, without its password."""
        return self._database.name

    @property
    def database(self) -> Database:
        """The database itself, for the modules of the review desk."""
        return self._database

    def close(self) -> None:
        """End all connections."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Runs and dispatches

    def start_run(self, coder: Coder) -> Run:
        """Enter that this coder begins to work."""
        return dispatches.start(self._database, coder)

    def finish_run(self, run: Run, known: Collection[int] = ()) -> Run:
        """Enter that a run is done; `known` are the records it found already there.

        Raises:
            StoreError: It is done already.
        """
        return dispatches.finish(self._database, run, known)

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""
        return dispatches.every(self._database)

    def add(self, record: Record, run: Run) -> Added:
        """Enter one record in a transaction of its own.

        It is known already if the same coder has coded the document, dated and titled alike.
        """
        return dispatches.add(self._database, (record,), run)[0]

    def add_all(self, records: Iterable[Record], run: Run) -> Iterator[tuple[Record, Added]]:
        """Enter records, `BATCH` in a transaction, and tell what became of each."""
        for some in batched(records, BATCH):
            yield from zip(some, dispatches.add(self._database, some, run), strict=True)

    def known(self, document: Document, coder: Coder) -> int | None:
        """The coder's record of a document dated and titled as here; None if there is none."""
        return dispatches.known(self._database, document, coder)

    def records(self, query: Query = EVERYTHING, run: int | None = None) -> Iterator[Record]:
        """Dispatches with a claim as wanted, whole, in order of publication, then id.

        Without a run, each dispatch is as the newest finished run tells it that coded it or found
        it coded (or one cut short, if no other has it), with what people corrected; with a run as
        it coded them. Memory does not grow with their number.
        """
        return dispatches.read(self._database, query, run)

    def record(self, document_id: str) -> Record | None:
        """One dispatch as the newest finished run tells it; why it failed if none could code it."""
        return dispatches.latest(self._database, document_id)

    def original(self, document_id: str) -> Record | None:
        """One dispatch as the newest finished run coded it, without what people corrected."""
        return dispatches.original(self._database, document_id)

    def record_of(self, claim: str) -> Record | None:
        """The dispatch of a claim, corrected, if a claim of today answers to the id."""
        found = dispatches.reviewed(self._database, claim.partition(":")[0])
        with self._database.read() as connection:
            return found.record if found and people.answers(connection, claim, found) else None

    def reviewed(self, document_id: str) -> Mapping[str, tuple[Correction, ...]]:
        """The corrections that hold for the claims of a dispatch, by the ids these have now.

        Claims that are there no more (rejected, split, merged) stand under their former ids.
        """
        found = dispatches.reviewed(self._database, document_id)
        return found.held if found else {}

    def failures(self, run: int | None = None) -> tuple[Failure, ...]:
        """What runs (or one) could not code, oldest first."""
        return dispatches.failed(self._database, run)

    # What machines and people say

    def judge(self, *judgements: Judgement) -> int:
        """Enter judgements; one that its author last gave alike is not entered again."""
        with self._database.write() as connection:
            return verdicts.judge(connection, judgements)

    def judgements(self, by: str = "") -> tuple[Judgement, ...]:
        """What each author last said of each pair; of one author, or of all "person/"s."""
        with self._database.read() as connection:
            return tuple(verdicts.judged(connection, by))

    def correct(self, correction: Correction) -> Correction:
        """Enter a person's correction; it comes back with its time.

        Raises:
            StoreError: There is no such claim, or the readings do not rest on its dispatch.
        """
        with self._database.write() as connection:
            entered = verdicts.enter(connection, correction)
            listed_claims.renew(connection, verdicts.documents_about(correction))
        return entered

    def corrections(self, claim: str | None = None) -> Iterator[Correction]:
        """All corrections (of one claim), oldest first."""
        return verdicts.corrected(self._database, claim)

    def verdicts(self) -> tuple[Judgement, ...]:
        """What people last said of pairs, in terms of the claims as they are now."""
        return tuple(self._verdicts()[0])

    def unattached(self) -> tuple[Unattached, ...]:
        """People's work that no claim answers to any more, and why; it is kept, and tried again."""
        lost: list[Unattached] = []
        with self._database.read() as connection:
            told = people.corrected_documents(connection)
        for name in sorted(told):
            found = dispatches.reviewed(self._database, name)
            lost.extend(found.lost if found else ())
        return (*lost, *self._verdicts()[1])

    def _verdicts(self) -> tuple[list[Judgement], list[Unattached]]:
        said = self.judgements("person/")
        with self._database.read() as connection:
            return people.current(
                connection, said, lambda ids: dispatches.several(self._database, ids)
            )

    # What follows from all dispatches

    def edition(self) -> str:
        """What conclusions rest on, as a text that changes with it."""
        with self._database.read() as connection:
            return conclusions.edition(connection)

    def concluded(self) -> str | None:
        """The edition that the conclusions were computed from; None if they never were."""
        with self._database.read() as connection:
            return conclusions.concluded_of(connection)

    def stale(self) -> tuple[frozenset[str], frozenset[str]] | None:
        """What has changed since the last linking: documents, and claims that people judged.

        None where linking left nothing behind to go on from.
        """
        with self._database.read() as connection:
            return linkage.changed(connection, conclusions.concluded_of(connection))

    def linked(self) -> int:
        """How many dispatches linking can go on from."""
        with self._database.read() as connection:
            return linkage.number(connection)

    @contextmanager
    def shelf(self) -> Iterator[linkage.Shelf]:
        """What linking left behind, to go on from."""
        with linkage.shelf(self._database, lambda: list(self.verdicts())) as found:
            yield found

    def replace_incidents(
        self, corpus: Corpus, edition: str = "", left: Linkage | None = None
    ) -> None:
        """Put what was concluded in the place of all earlier conclusions; judgements are added.

        `edition` is that of the store before its records were read to link them, `left` what
        linking left behind.
        """
        with self._database.write() as connection:
            verdicts.judge(connection, corpus.judgements)
            conclusions.replace(connection, corpus, edition)
            if left is not None:
                linkage.write(connection, left)

    def change_incidents(self, change: Change, edition: str = "", since: str = "") -> bool:
        """Enter what linking some dispatches anew has changed; False if others were faster.

        `since` is the edition that it went on from.
        """
        with self._database.write() as connection:
            if conclusions.concluded_of(connection) != since:
                return False
            verdicts.judge(connection, change.corpus.judgements)
            conclusions.forget(connection, change.gone, change.dropped)
            conclusions.update(connection, change.corpus, edition)
            linkage.forget_promises(connection, change.dropped)
            linkage.write(connection, change.linkage)
            return True

    def update_incidents(self, corpus: Corpus, edition: str = "") -> None:
        """The same for a part of the store: conclusions on other claims and dispatches stay."""
        with self._database.write() as connection:
            verdicts.judge(connection, corpus.judgements)
            conclusions.update(connection, corpus, edition)

    def incidents(self, query: Query = EVERYTHING) -> tuple[Incident, ...]:
        """Incidents as wanted by their reconciled values, in order of their time, then id."""
        with self._database.read() as connection:
            return tuple(conclusions.read_incidents(connection, query))

    def incident(self, incident_id: str) -> Incident | None:
        """The incident of an id, or the one that it was merged into."""
        with self._database.read() as connection:
            return conclusions.read_incident(connection, incident_id)

    def conflicts(self) -> tuple[Conflict, ...]:
        """All contradictions."""
        with self._database.read() as connection:
            return tuple(conclusions.read_conflicts(connection))

    def commitments(self) -> tuple[Commitment, ...]:
        """All announced acts."""
        with self._database.read() as connection:
            return tuple(conclusions.read_commitments(connection))

    def origins(self) -> tuple[Origin, ...]:
        """All groups of dispatches that count as one source."""
        with self._database.read() as connection:
            return tuple(conclusions.read_origins(connection))

    def corpus(self, query: Query = EVERYTHING) -> Corpus:
        """Everything, or the dispatches with a claim as wanted and all that concerns them.

        Of a part, incidents are those that fit the query by their reconciled values, and the
        dispatches of all their claims are there too.
        """
        if query == EVERYTHING:
            return Corpus(
                tuple(self.records()),
                self.incidents(),
                self.origins(),
                self.judgements(),
                self.conflicts(),
                self.commitments(),
            )
        return self._part(query)

    def _part(self, query: Query) -> Corpus:
        incidents = self.incidents(query)
        found = {record.document.id: record for record in self.records(query)}
        told = {claim.partition(":")[0] for incident in incidents for claim in incident.claims}
        missing = told - found.keys()
        found |= {x.document.id: x for x in dispatches.several(self._database, missing)}
        records = tuple(sorted(found.values(), key=_publication))
        ids = [claim.id for record in records for claim in record.claims]
        with self._database.read() as connection:
            return Corpus(
                records,
                incidents,
                tuple(conclusions.read_origins(connection, found)),
                tuple(verdicts.judged(connection, among=ids)),
                tuple(conclusions.read_conflicts(connection, (x.id for x in incidents))),
                tuple(conclusions.read_commitments(connection, ids)),
            )


def _publication(record: Record) -> tuple[bool, date, str]:
    """Where a record stands: in order of publication, those undated last, then of ids."""
    published = record.document.published
    return published is None, published or date.min, record.document.id
