"""From coded dispatches to a corpus of incidents, at once or as dispatches come in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dateline.link.block import Index
from dateline.link.cluster import Group, Link, Pair, cluster, identify, verdicts
from dateline.link.commitments import commitments, promised, restated
from dateline.link.conflicts import conflicts
from dateline.link.facts import Facts, facts
from dateline.link.filing import filed
from dateline.link.origins import Reprints
from dateline.link.policies import DEFAULT
from dateline.link.policies import policy as find_policy
from dateline.link.reconcile import Told, incident, told
from dateline.link.score import Scorer
from dateline.model import Record
from dateline.model.incident import Corpus, Incident, Judgement, Verdict
from dateline.model.linkage import Bond, Linkage

LEAST = -0.7  # log odds under which a comparison is not worth keeping


def link(
    records: Iterable[Record],
    *,
    judgements: Iterable[Judgement] = (),
    known: Iterable[Incident] = (),
    policy: str = DEFAULT,
) -> Corpus:
    """The incidents that coded dispatches tell of, with origins, conflicts and commitments.

    People's `judgements` hold, whatever the features say; the last on a pair counts. `known`
    incidents keep their ids where their claims still are. The result depends on nothing else: the
    same input gives the same corpus.

    Raises:
        ConfigError: There is no such policy.
    """
    return Linker(records, judgements=judgements, known=known, policy=policy).corpus()


class Linker:
    """Links dispatches and keeps what is needed to link further ones without the earlier work.

    A dispatch added later gives the incidents that it would have given from the start, but for
    their ids, which stay.

    Raises:
        ConfigError: There is no such policy.
    """

    def __init__(
        self,
        records: Iterable[Record] = (),
        *,
        judgements: Iterable[Judgement] = (),
        known: Iterable[Incident] = (),
        policy: str = DEFAULT,
    ) -> None:
        find_policy(policy)
        self._policy, self._scorer = policy, Scorer()
        self._index, self._reprints = Index(), Reprints()
        self._records: dict[str, Record] = {}
        self._facts: dict[str, Facts] = {}
        self._order: dict[str, tuple[str, str, int]] = {}
        self._told: dict[str, Told] = {}
        self._odds: dict[str, dict[str, float]] = {}
        self._said: list[Judgement] = list(judgements)
        self._home: dict[str, str] = {}
        self._incidents: dict[str, Incident] = {}
        self._file(records)
        for a, b in self._index.pairs():
            self._compare(a.id, b.id)
        self._settle(self._ordered(self._facts), list(known), set(self._facts))

    def add(
        self, records: Iterable[Record], judgements: Iterable[Judgement] = ()
    ) -> tuple[Incident, ...]:
        """Link further dispatches and verdicts; the incidents that came about or changed."""
        said = list(judgements)
        self._said.extend(said)
        fresh, moved = self._file(records)
        for claim in fresh:
            for other in self._index.near(self._facts[claim]):
                self._compare(claim, other.id)
        for claim in moved:
            for mate in self._odds.get(claim, {}):
                self._compare(claim, mate)
        judged = {c for j in said for c in (j.left, j.right) if c in self._facts}
        return self._settle(self._ordered(self._reach({*fresh, *moved, *judged})), [], set(moved))

    def corpus(self) -> Corpus:
        """All that is known now."""
        incidents = sorted(self._incidents.values(), key=_when)
        return Corpus(
            records=tuple(in_order(self._records.values())),
            incidents=tuple(incidents),
            origins=self._reprints.origins(),
            judgements=(*self._judged(), *(j for j in self._said if _personal(j))),
            conflicts=conflicts(incidents, self._told),
            commitments=commitments(incidents, self._told),
        )

    def linkage(self, corpus: Corpus) -> Linkage:
        """What `relink` needs to link further dispatches; `corpus` is that of this linker."""
        filed_ = [
            filed(record, facts(record), self._reprints.bands(record.document.id))
            for record in corpus.records
        ]
        bonds = tuple(
            Bond(claim, other, odds)
            for claim, others in self._odds.items()
            for other, odds in others.items()
            if claim < other and odds > 0
        )
        copies = tuple((a, b, why) for (a, b), why in sorted(self._reprints.copies().items()))
        groups = restated(promised(corpus.incidents, self._told))
        told_ = tuple((x.claim.id, found[0].claim.id) for found in groups for x in found)
        evidence = tuple((claim, x.promise) for x in corpus.commitments for claim in x.evidence)
        return Linkage(tuple(filed_), bonds, copies, told_, evidence)

    def _file(self, records: Iterable[Record]) -> tuple[list[str], list[str]]:
        """Take in dispatches: their claims, and the earlier claims whose origin is another now."""
        fresh: list[str] = []
        changed: dict[str, None] = {}
        for record in in_order(records):
            document = record.document
            if document.id in self._records:
                continue
            self._records[document.id] = record
            changed.update(dict.fromkeys(self._reprints.add(record)))
            day, _ = _published(record)
            for n, a in enumerate(facts(record)):
                self._facts[a.id] = a
                self._order[a.id] = (day, document.id, n)
                self._index.add(a)
                fresh.append(a.id)
        new = set(fresh)
        moved = [claim for claim in self._relabel([*changed]) if claim not in new]
        return fresh, moved

    def _relabel(self, documents: Sequence[str]) -> Iterator[str]:
        """Note the origins of dispatches with their claims, which are given back."""
        for document in documents:
            record = self._records[document]
            origin, copied = self._reprints.origin(document)
            for claim in record.claims:
                self._told[claim.id] = told(claim, record, origin)
                named = origin if copied else ""
                self._facts[claim.id] = replace(self._facts[claim.id], origin=named)
                yield claim.id

    def _score(self, one: str, other: str) -> float:
        return self._scorer.score(self._facts[one], self._facts[other])

    def _compare(self, one: str, other: str) -> None:
        odds = self._score(one, other)
        self._odds.setdefault(one, {})[other] = odds
        self._odds.setdefault(other, {})[one] = odds

    def _reach(self, claims: Iterable[str]) -> set[str]:
        """The claims whose incidents may change: all that links lead to, one after the other."""
        said = {c for j in self._said for c in (j.left, j.right) if c in self._home}
        same: dict[str, list[str]] = {}
        for (left, right), verdict in verdicts(self._said).items():
            if verdict is Verdict.SAME:
                same.setdefault(left, []).append(right)
                same.setdefault(right, []).append(left)
        waiting, found = list(claims), set(claims)
        while waiting:
            claim = waiting.pop()
            linked = [c for c, odds in self._odds.get(claim, {}).items() if odds > 0]
            mates = self._incidents[self._home[claim]].claims if claim in said else ()
            for other in (*linked, *same.get(claim, ()), *mates):
                if other not in found and other in self._facts:
                    found.add(other)
                    waiting.append(other)
        return found

    def _ordered(self, claims: Iterable[str]) -> list[str]:
        return sorted(claims, key=self._order.__getitem__)

    def _settle(
        self, claims: Sequence[str], known: list[Incident], moved: set[str]
    ) -> tuple[Incident, ...]:
        """Group claims anew and put the incidents in the place of those they had.

        What is told by the same claims stays as it is, unless the voice of one is another now.
        """
        homes = dict.fromkeys(self._home[claim] for claim in claims if claim in self._home)
        before = {home: self._incidents.pop(home) for home in homes}
        groups = cluster(claims, self._links(claims), verdicts(self._said), self._score)
        changed = []
        for group in identify(groups, [*known, *before.values()]):
            one = before.get(group.id)
            if one is None or not unmoved(one, group, moved):
                said = [self._told[claim] for claim in group.claims]
                one = incident(group, said, self._policy)
            if one != before.get(group.id):
                changed.append(one)
            self._incidents[one.id] = one
            self._home.update(dict.fromkeys(one.claims, one.id))
        return tuple(changed)

    def _links(self, claims: Iterable[str]) -> list[Link]:
        return [
            Link(claim, other, odds)
            for claim in claims
            for other, odds in self._odds.get(claim, {}).items()
            if claim < other
        ]

    def _judged(self) -> Iterator[Judgement]:
        """The machine's verdicts on all pairs that may be the same, in the order of the pairs."""
        kept: list[Pair] = [
            (claim, other)
            for claim, others in self._odds.items()
            for other, odds in others.items()
            if claim < other and odds > LEAST
        ]
        for left, right in sorted(kept):
            yield self._scorer.judge(self._facts[left], self._facts[right])


def unmoved(old: Incident, group: Group, moved: set[str]) -> bool:
    """Whether an incident is told by the same claims as before, none of them `moved`."""
    same = (old.claims, old.merged) == (group.claims, group.merged)
    return same and moved.isdisjoint(group.claims)


def in_order(records: Iterable[Record]) -> list[Record]:
    """Records in order of publication, then id; a dispatch given twice counts once."""
    unique = {record.document.id: record for record in records}
    return sorted(unique.values(), key=_published)


def _published(record: Record) -> tuple[str, str]:
    day = record.document.published
    return (day.isoformat() if day else "9999", record.document.id)


def _personal(judgement: Judgement) -> bool:
    return judgement.by.startswith("person/")


def _when(found: Incident) -> tuple[str, str]:
    start = found.time.value.start or found.time.value.end if found.time else None
    reported = found.first_reported.isoformat() if found.first_reported else "9999"
    return start or reported, found.id
