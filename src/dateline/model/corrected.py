"""A dispatch as people corrected it: their work finds its claims by the words these rest on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dateline.model.correction import Act, Correction, Unattached, spot
from dateline.model.event import SLOTS, Claim, Reading, Record
from dateline.model.span import Span

_WHOLE = frozenset({Act.REJECT, Act.MERGE, Act.SPLIT})
_ENOUGH = 0.5  # share of common words from which claims without a common trigger are the same
_GONE = "no claim rests on these words any more"
_SEVERAL = "several claims rest on these words"
_NO_TARGET = "the claim it goes into is no more"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A record in the view of people, what holds for each of its claims, and what found none."""

    record: Record
    held: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    lost: tuple[Unattached, ...] = ()


def correct(
    record: Record, corrections: Iterable[Correction], earlier: Mapping[str, Claim]
) -> Corrected:
    """Apply corrections, oldest first; `earlier` are claims that other runs coded, by id.

    A correction belongs to the claim of its id, else to the one at its spot (which is of another
    type now), else to the one whose words are those that its own claim rested on.
    """
    work = _Work(record, earlier)
    for correction in corrections:
        work.take(correction)
    return work.done()


def attached(claim: str, record: Record, earlier: Mapping[str, Claim]) -> Claim | None:
    """The claim of a record that an id of whichever coding means, None where none or several do."""
    found = _find(claim, {x.id: x for x in record.claims}, earlier)
    return next((x for x in record.claims if x.id == found), None)


class _Work:
    def __init__(self, record: Record, earlier: Mapping[str, Claim]) -> None:
        self._record = record
        self._base = {claim.id: claim for claim in record.claims}
        self._there = dict(self._base)  # and what people added
        self._earlier = dict(earlier)
        self._held: dict[str, list[Correction]] = {}
        self._lost: list[Unattached] = []

    def take(self, correction: Correction) -> None:
        """Note what a correction is of, and which earlier ones it takes the place of."""
        for claim in correction.claims:
            self._earlier.setdefault(claim.id, claim)
        name: str | None
        if correction.act is Act.ADD:
            name = self._known(correction.claim) or correction.claim
            self._there.setdefault(name, correction.claims[0])
        else:
            name = _find(correction.claim, self._there, self._earlier)
        if not name or name not in self._there:
            self._lost.append(Unattached(correction, _SEVERAL if name == "" else _GONE))
            return
        if correction.act is Act.SPLIT:
            self._there |= {x.id: x for x in correction.claims if x.id not in self._there}
        before = self._held.get(name, [])
        self._held[name] = [x for x in before if not _outdone(x, correction)]
        if correction.act is not Act.REOPEN:
            self._held[name].append(correction)

    def done(self) -> Corrected:
        """The record with all that holds."""
        out: dict[str, Claim] = {}
        for name in self._base:
            out |= dict(self._shown(name, set()))
        for name, found in self._held.items():
            if name not in self._base and any(x.act is Act.ADD for x in found):
                out |= dict(self._shown(name, set()))
        self._merge(out)
        claims = sorted(out.values(), key=_place) if self._held else out.values()
        held = {out[k].id if k in out else k: tuple(v) for k, v in self._held.items() if v}
        record = replace(self._record, claims=tuple({x.id: x for x in claims}.values()))
        return Corrected(record, held, tuple(self._lost))

    def _known(self, claim: str) -> str | None:
        """The coded claim at the spot of an added one: a newer coder found it, too."""
        return next((x for x in self._base if spot(x) == spot(claim)), None)

    def _shown(self, name: str, seen: set[str]) -> Iterator[tuple[str, Claim]]:
        """What stands in the place of a claim: itself as edited, the parts of it, or nothing."""
        found = self._held.get(name, [])
        seen.add(name)
        split = next((x for x in found if x.act is Act.SPLIT), None)
        if any(x.act is Act.REJECT for x in found):
            return
        if split is not None:
            for part in split.claims:
                if part.id == name:
                    yield name, _edited(part, found)
                elif part.id not in seen:
                    yield from self._shown(part.id, seen)
            return
        added = next((x.claims[0] for x in found if x.act is Act.ADD), None)
        yield name, _edited(added or self._there[name], found)

    def _merge(self, out: dict[str, Claim]) -> None:
        """Make claims part of those they were merged into."""
        for name, found in self._held.items():
            merge = next((x for x in found if x.act is Act.MERGE), None)
            if merge is None or name not in out:
                continue
            home = _find(merge.into, out, self._earlier)
            if home is None or home == name:
                self._lost.append(Unattached(merge, _NO_TARGET))
                continue
            out[home] = _joined(out[home], out.pop(name))


def _outdone(earlier: Correction, later: Correction) -> bool:
    """Whether a later correction takes the place of an earlier one on the same claim."""
    if later.act is Act.REOPEN:
        return not later.slot or earlier.slot == later.slot
    if later.act is Act.EDIT:
        return earlier.act in {Act.EDIT, Act.ACCEPT} and earlier.slot == later.slot
    if later.act is Act.ACCEPT and not later.slot:
        return earlier.act is Act.REJECT
    return later.act in _WHOLE and earlier.act in _WHOLE


def _edited(claim: Claim, found: Sequence[Correction]) -> Claim:
    for edit in found:
        if edit.act is not Act.EDIT:
            continue
        readings = tuple(_signed(x, edit.by) for x in edit.readings)
        if edit.slot == "type":
            words = readings[0].evidence or claim.type.evidence
            claim = replace(claim, type=replace(readings[0], evidence=words))
            continue
        several = isinstance(getattr(claim.slots, edit.slot), tuple)
        told: Any = readings if several else next(iter(readings), None)
        claim = replace(claim, slots=replace(claim.slots, **{edit.slot: told}))
    return claim


def _place(claim: Claim) -> tuple[int, int]:
    return claim.trigger.start, claim.trigger.end


def _signed(reading: Reading[Any], by: str) -> Reading[Any]:
    return reading if reading.found_by else replace(reading, found_by=by)


def _joined(home: Claim, part: Claim) -> Claim:
    """A claim with the mentions of another, and what that tells and it does not."""
    spans = dict.fromkeys((*home.mentions, part.trigger, *part.mentions))
    spans.pop(home.trigger, None)
    missing = {slot: getattr(part.slots, slot) for slot in SLOTS if not getattr(home.slots, slot)}
    return replace(
        home,
        mentions=tuple(sorted(spans, key=lambda x: (x.start, x.end))),
        slots=replace(home.slots, **missing),
    )


def _find(claim: str, there: Mapping[str, Claim], earlier: Mapping[str, Claim]) -> str | None:
    """The claim that an id means: "" where several do, None where none does."""
    if claim in there:
        return claim
    here = [x for x in there if spot(x) == spot(claim)]
    if here:
        return here[0] if len(here) == 1 else ""
    old = earlier.get(claim)
    if old is None:
        return None
    likes = {name: _likeness(old, new) for name, new in there.items()}
    best = max(likes.values(), default=0.0)
    found = [name for name, like in likes.items() if like == best]
    if best <= 0:
        return None
    return found[0] if len(found) == 1 else ""


def _likeness(old: Claim, new: Claim) -> float:
    """How much two claims of a text rest on the same words, 0 where it is too little."""
    met = _touching((old.trigger,), (new.trigger, *new.mentions))
    met = met or _touching((new.trigger,), old.mentions)
    ours, theirs = _letters(old), _letters(new)
    shared = len(ours & theirs) / max(1, len(ours | theirs))
    same = old.type.value == new.type.value
    if not met and not (same and shared >= _ENOUGH):
        return 0.0
    return 2 * met + same + shared


def _touching(ours: Iterable[Span], theirs: Iterable[Span]) -> bool:
    other = tuple(theirs)
    return any(a.overlaps(b) for a in ours for b in other)


def _letters(claim: Claim) -> set[int]:
    spans = [span for _, reading in claim.readings() for span in reading.evidence]
    return {n for span in (*spans, *claim.mentions) for n in range(span.start, span.end)}
