"""Further dispatches linked with those in a store, of which only what they touch is read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dateline.link.block import REACH, blocks, chosen, keys, meets
from dateline.link.cluster import Link, cluster, identify, verdicts
from dateline.link.conflicts import conflicts
from dateline.link.facts import Facts, facts
from dateline.link.filing import filed, unpacked
from dateline.link.following import Following
from dateline.link.linking import LEAST, in_order, unmoved
from dateline.link.origins import Copy, Reprints
from dateline.link.policies import DEFAULT
from dateline.link.prints import number, print_of
from dateline.link.reconcile import Told, incident, told
from dateline.link.score import Scorer
from dateline.link.shelf import Shelf
from dateline.model import Record
from dateline.model.incident import Corpus, Incident, Judgement, Origin, Verdict
from dateline.model.linkage import Bond, Change, FiledDocument, Linkage


def relink(
    shelf: Shelf,
    records: Iterable[Record],
    *,
    judged: Iterable[str] = (),
    policy: str = DEFAULT,
) -> Change:
    """What further dispatches (or dispatches coded anew, or corrected) change in what is known.

    `judged` are claims on which people gave verdicts since. The incidents are those that linking
    from nothing would give, but for their ids, which stay, and but for blocks too full to compare
    all with all, where the neighbours of a claim may be others by now.
    """
    return _Relinking(shelf, in_order(records), policy).change(judged)


@dataclass(slots=True)
class _Touched:
    """Origins that change, and the dispatches of which the claims must be linked anew."""

    records: list[Record]
    reprints: Reprints
    origins: tuple[Origin, ...]
    whys: dict[Copy, str] = field(default_factory=dict)


class _Relinking:
    def __init__(self, shelf: Shelf, records: Sequence[Record], policy: str) -> None:
        self._shelf, self._policy, self._scorer = shelf, policy, Scorer()
        self._said = list(shelf.verdicts())
        self._given = {x.document.id: x for x in records}
        self._facts: dict[str, Facts] = {}
        self._read: set[str] = set()
        self._records: dict[str, Record] = dict(self._given)
        self._touched = self._copied(records)
        self._origin = {
            d: (o.id, len(o.documents)) for o in self._touched.origins for d in o.documents
        }

    def change(self, judged: Iterable[str]) -> Change:
        """Link, settle and tell what is different."""
        fresh, documents = self._enter()
        before = set(self._shelf.claims(x.id for x in documents))
        bonds, judgements = self._compared(fresh)
        left = {x for b in self._shelf.bonds(before) for x in (b.left, b.right)}
        start = (left | before | {x for b in bonds for x in (b.left, b.right)} | set(judged)) - (
            before - set(fresh)
        )
        kept, homes, ties = self._reach({*start, *fresh}, before, bonds)
        changed, gone, told_ = self._settled(kept, homes, ties, set(fresh))
        touched = before.union(*(home.claims for home in homes))
        following = Following(self._shelf, self._told).follow(
            changed, told_, touched, list(self._given.values())
        )
        corpus = Corpus(
            records=tuple(self._given.values()),
            incidents=tuple(changed),
            origins=self._touched.origins,
            judgements=tuple(judgements),
            conflicts=conflicts(changed, told_),
            commitments=following.commitments,
        )
        whys = tuple((a, b, why) for (a, b), why in sorted(self._touched.whys.items()))
        linkage = Linkage(
            tuple(documents), tuple(bonds), whys, following.promises, following.evidence
        )
        return Change(corpus, linkage, tuple(gone), following.dropped)

    # Origins

    def _copied(self, records: Sequence[Record]) -> _Touched:
        """Find what the dispatches copy, and whose origin is another by that."""
        bands = {x.document.id: p.bands if (p := print_of(x)) else () for x in records}
        near = set(self._shelf.sharing(b for found in bands.values() for b in found))
        near -= self._given.keys()
        groups = {o.id: o for o in self._shelf.origins({*near, *self._given})}
        others = {d for o in groups.values() for d in o.documents} - self._given.keys()
        there = {x.document.id: x for x in self._shelf.records(others)}
        self._records |= there
        known = self._shelf.copies(there)
        whys = {pair: why for pair, why in known.items() if there.keys() >= set(pair)}
        reprints = Reprints()
        reprints.restore(there.values(), whys, (there[x] for x in sorted(near) if x in there))
        for record in records:
            reprints.add(record)
        origins = reprints.origins()
        was = {d: (o.id, len(o.documents) > 1) for o in groups.values() for d in o.documents}
        moved = [
            there[d] for o in origins for d in o.documents
            if d in there and was.get(d) != (o.id, len(o.documents) > 1)
        ]  # fmt: skip
        anew = {x.document.id for x in (*records, *moved)}
        fresh_whys = {p: w for p, w in reprints.copies().items() if not anew.isdisjoint(p)}
        return _Touched([*records, *moved], reprints, origins, fresh_whys)

    def _told(self, claims: Iterable[str]) -> dict[str, Told]:
        """Claims with their dispatches and voices."""
        wanted = list(claims)
        missing = {x.partition(":")[0] for x in wanted} - self._records.keys()
        self._records |= {x.document.id: x for x in self._shelf.records(missing)}
        self._name_origins({x.partition(":")[0] for x in wanted})
        found: dict[str, Told] = {}
        for document in dict.fromkeys(x.partition(":")[0] for x in wanted):
            record = self._records[document]
            found |= {c.id: told(c, record, self._origin[document][0]) for c in record.claims}
        return {claim: found[claim] for claim in wanted}

    def _name_origins(self, documents: set[str]) -> None:
        for origin in self._shelf.origins(documents - self._origin.keys()):
            for document in origin.documents:
                self._origin.setdefault(document, (origin.id, len(origin.documents)))

    # Claims

    def _enter(self) -> tuple[list[str], list[FiledDocument]]:
        """The facts of all claims that are linked anew, in order."""
        fresh, documents = [], []
        for record in in_order(self._touched.records):
            name = record.document.id
            found = facts(record)
            print_ = print_of(record)
            documents.append(filed(record, found, print_.bands if print_ else ()))
            self._read.add(name)
            for a in found:
                self._facts[a.id] = self._placed(a)
                fresh.append(a.id)
        return fresh, documents

    def _placed(self, a: Facts) -> Facts:
        origin, size = self._origin.get(a.document, (a.document, 1))
        return replace(a, origin=origin if size > 1 else "")

    def _load(self, documents: Iterable[str]) -> None:
        missing = set(documents) - self._read
        self._name_origins(missing)
        for kept in self._shelf.filed(missing).values():
            for a in unpacked(kept):
                self._facts[a.id] = self._placed(a)
        self._read |= missing

    def _compared(self, fresh: Sequence[str]) -> tuple[list[Bond], list[Judgement]]:
        """The bonds of claims with those that blocks bring together, and the machine's verdicts."""
        shared = self._near(fresh)
        self._load({x.partition(":")[0] for pair in shared for x in pair})
        bonds, judgements = [], []
        for pair in sorted(shared):
            a, b = (self._facts.get(x) for x in pair)
            if a is None or b is None or not meets(a, b, shared[pair]):
                continue
            odds = self._scorer.score(a, b)
            if odds > 0:
                bonds.append(Bond(*pair, odds))
            if odds > LEAST:
                judgements.append(self._scorer.judge(a, b))
        return bonds, judgements

    def _near(self, fresh: Sequence[str]) -> dict[tuple[str, str], list[str]]:
        """The pairs of claims to compare, with the blocks that they share."""
        marks = {x: blocks(self._facts[x]) for x in fresh}
        here: dict[int, dict[str, int]] = {}
        for x, found in marks.items():
            for block, day in found:
                here.setdefault(block, {})[x] = day
        gone = set(self._shelf.claims({x.partition(":")[0] for x in fresh})) - set(fresh)
        shared: dict[tuple[str, str], list[str]] = {}
        asked: dict[tuple[int, int], dict[str, int]] = {}
        for x in fresh:
            named = {number(key): key for key in keys(self._facts[x])}
            for mark in marks[x]:
                if mark not in asked:
                    asked[mark] = self._beside(mark, gone) | here[mark[0]]
                for other in chosen(mark[1], [(at, name) for name, at in asked[mark].items()]):
                    pair = (min(x, other), max(x, other))
                    shared.setdefault(pair, []).append(named[mark[0]])
        return {pair: found for pair, found in shared.items() if pair[0] != pair[1]}

    def _beside(self, mark: tuple[int, int], gone: set[str]) -> dict[str, int]:
        """The claims of a block next to a day, with their days."""
        found = self._shelf.beside([mark], REACH).get(mark[0], ())
        return {name: at for at, name in found if name not in gone}

    # Incidents

    def _reach(
        self, claims: set[str], before: set[str], bonds: Sequence[Bond]
    ) -> tuple[list[str], list[Incident], list[Link]]:
        """All claims that links, verdicts and incidents lead to; their incidents and links."""
        ties: dict[str, set[str]] = {}
        links = {(b.left, b.right): b.odds for b in bonds}
        same = [p for p, v in verdicts(self._said).items() if v is Verdict.SAME]
        for left, right in (*links, *same):
            ties.setdefault(left, set()).add(right)
            ties.setdefault(right, set()).add(left)
        fresh = set(self._facts) & {a for x in self._touched.records for a in _ids(x)}
        gone, anew = before - fresh, before | fresh
        homes = {i.id: i for i in self._shelf.homes(before)}
        waiting, found = set(claims), set(claims)
        waiting |= {x for i in homes.values() for x in i.claims} - gone
        found |= waiting
        while waiting:
            met: set[str] = {y for x in waiting for y in ties.get(x, ())}
            for bond in self._shelf.bonds(waiting - fresh):
                if anew.isdisjoint((bond.left, bond.right)):
                    links[bond.left, bond.right] = bond.odds
                    met |= {bond.left, bond.right}
            for home in self._shelf.homes(waiting):
                homes[home.id] = home
                met |= set(home.claims)
            waiting = met - found - gone
            found |= waiting
        self._load({x.partition(":")[0] for x in found})
        kept = [x for x in found if x in self._facts]
        inside = set(kept)
        told_ = [Link(*p, x) for p, x in links.items() if inside.issuperset(p)]
        return self._ordered(kept), list(homes.values()), told_

    def _ordered(self, claims: Iterable[str]) -> list[str]:
        """Claims in the order of publication, then of their dispatches."""
        place = {claim: n for n, claim in enumerate(self._facts)}  # of a dispatch, in its order

        def order(claim: str) -> tuple[int, str, int]:
            a = self._facts[claim]
            return a.published or 10**7, a.document, place[claim]

        return sorted(claims, key=order)

    def _settled(
        self,
        claims: Sequence[str],
        homes: Sequence[Incident],
        links: Sequence[Link],
        fresh: set[str],
    ) -> tuple[list[Incident], list[str], dict[str, Told]]:
        """The incidents that came about or changed, those that are no more, and their tellings."""
        before = {home.id: home for home in homes}
        groups = cluster(claims, links, verdicts(self._said), self._score)
        changed = []
        named = identify(groups, homes)
        for group in named:
            one = before.get(group.id)
            if one is None or not unmoved(one, group, fresh):
                changed.append(group)
        told_ = self._told(claim for group in changed for claim in group.claims)
        out = [incident(g, [told_[c] for c in g.claims], self._policy) for g in changed]
        live = {group.id for group in named}
        return out, sorted(before.keys() - live), told_

    def _score(self, one: str, other: str) -> float:
        return self._scorer.score(self._facts[one], self._facts[other])


def _ids(record: Record) -> Iterator[str]:
    return (claim.id for claim in record.claims)


__all__: Sequence[str] = ("relink",)
