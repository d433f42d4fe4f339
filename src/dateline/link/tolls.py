"""The tolls of a claim by kind and side, added up."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from dateline.knowledge import Entry, entries
from dateline.knowledge.geography import fold
from dateline.link.words import sentence
from dateline.model import Claim, Count, Document, Party, Reading, Span

OWN, OTHER = "attackers", "victims"
_LEAD = 500  # characters at the beginning of a dispatch that its title is about
_ONE = frozenset({"a", "an", "the", "one", "his", "her", "their"})
_BEHIND = frozenset({"with", "in", "of", "to", "who", "at", "from", "near", "and"})


class _Nouns(Entry):
    words: frozenset[str]


class _Harm(Entry):
    words: tuple[str, ...]
    but: tuple[str, ...] = ()
    otherwise: str = ""


class Toll(NamedTuple):
    """How many, as bounds (None: open); `who` are the nouns counted.

    `struck`: they are told to be shot or hit, no more: some of them may have died.
    """

    low: int | None
    best: int | None
    high: int | None
    who: str = ""
    struck: bool = False

    @property
    def figure(self) -> int:
        """The one figure that stands for it."""
        return next((x for x in (self.best, self.low, self.high) if x is not None), 0)


@cache
def _nouns() -> dict[str, frozenset[str]]:
    return {name: entry.words for name, entry in entries("link/sides.yaml", _Nouns).items()}


def side(count: Count) -> str:
    """Whether those counted are of the attacking side, as their noun tells."""
    words = fold(count.who).split()
    return OWN if words and words[-1] in _nouns()[OWN] else OTHER


@cache
def _harm() -> dict[str, _Harm]:
    return entries("link/harm.yaml", _Harm)


def borne_out(kind: str, words: str) -> str:
    """The kind of harm that the words of a sentence bear out.

    >>> borne_out("killed", "Four people were shot outside a bar.")
    'injured'
    """
    known = _harm()
    if kind != "killed" or _says("killed", words):
        return kind
    return known["struck"].otherwise if _says("struck", words) else kind


def tolls(claim: Claim, document: Document) -> dict[tuple[str, str], Toll]:
    """The toll of a claim per kind and side: groups are added up, parts of a total are not.

    Of one person told to be harmed a toll of one follows. Who is shot in what a dispatch leads with
    was killed if its title says so.
    """
    text = document.text
    fatal = claim.trigger.start < _LEAD and _says("killed", document.title)
    groups: dict[tuple[str, str], list[tuple[Count, bool]]] = {}
    for reading in claim.slots.counts:
        count = reading.value
        at = reading.evidence[0] if reading.evidence else claim.trigger
        words = sentence(text, at)
        if count.kind == "killed":
            told = f"{words} {sentence(text, claim.trigger)} {document.title if fatal else ''}"
            count = replace(count, kind=borne_out(count.kind, told))
        struck = count.kind == "injured" and _struck(words, text, at)
        if struck and fatal and count.best == 1:
            count, struck = replace(count, kind="killed"), False
        groups.setdefault((count.kind, side(count)), []).append((count, struck))
    if not {"killed", "injured"} & {kind for kind, _ in groups}:
        groups |= _implied(claim, text, document.title if fatal else "")
    return {
        key: _added([count for count, _ in found])._replace(struck=all(x for _, x in found))
        for key, found in groups.items()
    }


def _struck(words: str, text: str, at: Span) -> bool:
    """Whether a sentence tells only that those counted were hit, the dead perhaps among them."""
    if not _says("struck", words) or _says("injured", words):
        return False
    return not _says("apart", text[max(0, at.start - 12) : at.end + 12])


def _says(kind: str, words: str) -> bool:
    known = _harm()[kind]
    told = (word.strip("\"'“”‘’.,;:()") for word in words.lower().split())
    return any(
        x.startswith(known.words) and not (known.but and x.startswith(known.but)) for x in told
    )


def _implied(
    claim: Claim, text: str, title: str
) -> dict[tuple[str, str], list[tuple[Count, bool]]]:
    """The toll of one where a claim tells of harm to one person and gives no figure."""
    victims = [x for x in claim.slots.recipients if x.evidence]
    if claim.type.value != "ASSAULT" or len(victims) != 1 or not _is_one(victims[0], text):
        return {}
    words = sentence(text, claim.trigger)
    if _says("killed", f"{words} {title}"):
        kind, struck = "killed", False
    elif _says("struck", words) or _says("injured", words):
        kind, struck = "injured", _struck(words, text, claim.trigger)
    else:
        return {}
    count = Count(kind, victims[0].value.name, 1, 1, 1)
    return {(kind, side(count)): [(count, struck)]}


def _is_one(victim: Reading[Party], text: str) -> bool:
    """Whether words name or describe a single person."""
    words = victim.evidence[0].of(text).split()
    head = [fold(word) for word in takewhile(lambda word: fold(word) not in _BEHIND, words)]
    if not head:
        return False
    named = len(words) in range(2, 5) and all(word[:1].isupper() for word in words)
    if named and victim.value.sector == "CVL":
        return head[-1] not in _nouns()["anyone"]
    alone = head[0] in _ONE or head[0].endswith("-old")
    return alone and head[-1] in _harm()["one"].words


def _added(counts: list[Count]) -> Toll:
    """One toll of several counts: alternatives by source keep the widest, groups add up."""
    if len({c.source for c in counts}) > 1:
        return Toll(
            min((x for c in counts for x in (c.low, c.best) if x is not None), default=None),
            counts[0].best,
            max((x for c in counts for x in (c.high, c.best) if x is not None), default=None),
            _joined(counts),
        )
    whole = [c for c in counts if _total(c)]
    if whole:
        most = max(whole, key=lambda c: c.best or c.low or 0)
        rest = sum(c.best or c.low or 0 for c in counts if not _total(c))
        if (most.best or most.low or 0) >= rest:
            return Toll(most.low, most.best, most.high, most.who)
    distinct = list({fold(c.who): c for c in counts}.values())
    return Toll(
        _sum([c.low if c.low is not None else c.best for c in distinct]),
        _sum([c.best for c in distinct]),
        _sum([c.high for c in distinct]),
        _joined(distinct),
    )


def _total(count: Count) -> bool:
    words = fold(count.who).split()
    return not words or words[-1] in _nouns()["anyone"]


def _sum(values: Iterable[int | None]) -> int | None:
    told = list(values)
    known = [x for x in told if x is not None]
    return sum(known) if len(known) == len(told) else None


def _joined(counts: list[Count]) -> str:
    return ", ".join(dict.fromkeys(c.who for c in counts if c.who))
