"""What further dispatches change in what is known of announced acts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.link.commitments import (
    HORIZON,
    announcement,
    outcome,
    planned,
    promised,
    restated,
    same_promise,
)
from dateline.link.filing import follow_keys
from dateline.link.prints import number
from dateline.link.reconcile import Told
from dateline.link.shelf import Shelf
from dateline.model import Record
from dateline.model.incident import Commitment, Incident

_MOST = 100  # plans (or acts) of a kind and country that one is compared with

Tell = Callable[[Iterable[str]], dict[str, Told]]


@dataclass(frozen=True, slots=True)
class Followed:
    """Commitments that came about or changed, which claims tell of them, and those no more."""

    commitments: tuple[Commitment, ...]
    promises: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]


class Following:
    """Follows plans from where earlier linking left off; `tell` gives claims with their voices."""

    def __init__(self, shelf: Shelf, tell: Tell) -> None:
        self._shelf, self._tell = shelf, tell

    def follow(
        self,
        changed: Sequence[Incident],
        told: Mapping[str, Told],
        touched: set[str],
        records: Sequence[Record],
    ) -> Followed:
        """Follow the plans that changed incidents are, or may be the outcome of.

        `touched` are the claims of what these incidents were before.
        """
        touched = touched | {claim for i in changed for claim in i.claims}
        new = promised(changed, told)
        acts = [x for i in changed if not planned(x_ := [told[c] for c in i.claims]) for x in x_]
        now = max((d for x in records if (d := x.document.published)), default=None)
        latest = self._shelf.latest()
        now = max(filter(None, (now, latest)), default=None)
        heads = {*self._shelf.promises(touched).values()}
        heads |= {x for found in self._shelf.outcomes(touched).values() for x in found}
        heads |= set(self._shelf.falling_due(latest, now))
        heads |= self._alike(heads, [x[0] for x in new], acts)
        groups = restated(sorted((*self._earlier(heads, touched), *new), key=announcement))
        return self._outcomes(groups, heads, acts, touched, now)

    def _outcomes(
        self,
        groups: Sequence[Sequence[Told]],
        heads: set[str],
        acts: Sequence[Told],
        touched: set[str],
        now: date | None,
    ) -> Followed:
        told_by = self._shelf.tellings(heads)
        home = {claim: head for head, found in told_by.items() for claim in found}
        shown = {x.promise: x.evidence for x in self._shelf.commitments(heads)}
        found, promises, evidence = [], [], []
        for group in groups:
            known = {home.get(x.claim.id) for x in group}
            before = {e for head in known if head for e in shown.get(head, ())} - touched
            told = [*self._tell(sorted(before)).values(), *acts]
            if known != {next(iter(known))} or None in known:
                told += self._after(group[0], touched)
            unique = {x.claim.id: x for x in told}
            one = outcome(group, unique.values(), now)
            found.append(one)
            promises += [(x.claim.id, one.promise) for x in group]
            evidence += [(claim, one.promise) for claim in one.evidence]
        dropped = heads - {x.promise for x in found}
        return Followed(tuple(found), tuple(promises), tuple(evidence), tuple(sorted(dropped)))

    def _earlier(self, heads: set[str], touched: set[str]) -> list[list[Told]]:
        """What earlier commitments are told by, but for the claims that are linked anew."""
        kept = {
            head: [x for x in found if x not in touched]
            for head, found in self._shelf.tellings(heads).items()
        }
        told = self._tell(sorted({x for found in kept.values() for x in found}))
        groups = [[told[x] for x in found] for found in kept.values() if found]
        return [sorted(group, key=lambda x: announcement([x])) for group in groups]

    def _alike(self, heads: set[str], plans: Sequence[Told], acts: Sequence[Told]) -> set[str]:
        """Further promises that plans tell again, or that acts may fulfil."""
        near: dict[str, list[Told]] = {}
        for x in (*plans, *acts):
            for claim in self._beside("plan", x, later=False):
                near.setdefault(claim, []).append(x)
        leading = self._shelf.promises(near)
        pairs: dict[str, list[Told]] = {}
        for claim, head in leading.items():
            if head not in heads:
                pairs.setdefault(head, []).extend(near[claim])
        told = self._tell(sorted(pairs))
        return {
            head for head, found in pairs.items() if any(same_promise(told[head], x) for x in found)
        }

    def _after(self, promise: Told, touched: set[str]) -> list[Told]:
        """Acts of the kind and country after a promise."""
        found = set(self._beside("act", promise, later=True)) - touched
        return list(self._tell(sorted(found)).values())

    def _beside(self, kind: str, x: Told, *, later: bool) -> list[str]:
        """Plans or acts of the kind and country of a claim that were told before, or after."""
        day = x.published.toordinal() if x.published else 0
        marks = [(number(f"{kind}|{family}|{land}"), day) for family, land in follow_keys(x.claim)]
        found = self._shelf.beside(marks, _MOST)
        return sorted(
            {
                claim
                for block in found.values()
                for at, claim in block
                if (at > day if later else at <= day) and abs(at - day) <= HORIZON
            }
        )
