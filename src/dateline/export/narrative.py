"""An incident told in one sentence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from dateline.export.nations import nation
from dateline.export.phrases import figure, one_line, phrase
from dateline.export.view import View
from dateline.knowledge import Entry, entries
from dateline.model import Count, Party, Period, Place
from dateline.model.incident import Agreement, Settled

VERBS = "crosswalks/narrative.yaml"
_WHOM = "{whom}"
_NOBODY = "an unnamed party"
_THE = re.compile(
    r"^(Government|Parliament|Ministry) of|"
    r"\b(Forces|Force|Army|Police|Union|Nations|Front|Programme|Council|Service)$"
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_STANCES = {
    "reports": "according to",
    "announces": "according to",
    "claims-responsibility": "claimed by",
    "alleges": "alleged by",
    "confirms": "confirmed by",
    "denies": "denied by",
}
_MAY = {"hypothetical": "might {base}", "negated": "did not {base}", "planned": "planned to {base}"}


class Verb(Entry):
    """How a type and mode are told; its fields are described in the file itself."""

    past: str
    base: str
    alone: tuple[str, str, str]
    participle: str | None = None


def sentence(view: View) -> str:
    """When, where, who, what, to whom, and how many, in one English sentence."""
    found = view.incident
    when = f"{spoken(found.time.value)} " if found.time else ""
    where = f"in {place_name(view.place)} " if view.place else ""
    first, second = view.sides
    who, whom = _joined(first) or _NOBODY, _joined(second)
    verb = _verb(found.type.value, view.mode, found.status.value, alone=not whom)
    tolls = ", ".join(map(_toll, found.counts))
    deed = verb.replace(_WHOM, whom) if _WHOM in verb else f"{verb} {whom}".strip()
    told = f"{when}{where}{who} {deed}{f': {tolls}' if tolls else ''}."
    told = one_line(told)
    return told[0].upper() + told[1:]


def attribution(view: View) -> str:
    """According to whom, by whom claimed, alleged, confirmed and denied; empty if nobody is named.

    "According to the army; denied by Hill Front."
    """
    named: dict[str, dict[str, None]] = {words: {} for words in dict.fromkeys(_STANCES.values())}
    for claim, _ in view.claims:
        for source in claim.sources:
            named[_STANCES[source.value.stance]][one_line(source.value.name)] = None
    told = "; ".join(f"{words} {_listed(list(x))}" for words, x in named.items() if x)
    return f"{told[0].upper()}{told[1:]}." if told else ""


def spoken(period: Period) -> str:
    """When, in words; empty where it is not told.

    >>> spoken(Period("2022-08-07", "2022-08-09"))
    'between 7 August 2022 and 9 August 2022'
    """
    start, end = period.start, period.end
    if start and start == end:
        return f"{'on' if len(start) > len('2022-08') else 'in'} {day(start)}"
    if start and end:
        return f"between {day(start)} and {day(end)}"
    if start:
        return f"from {day(start)}"
    return f"until {day(end)}" if end else ""


def day(told: str) -> str:
    """An ISO date at the precision told, in words.

    >>> day("2022-08"), day("2022-08-07")
    ('August 2022', '7 August 2022')
    """
    year, *rest = told.split("-")
    if not rest or not all(x.isdecimal() for x in rest) or not 1 <= int(rest[0]) <= len(_MONTHS):
        return told
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def on(told: date | None) -> str:
    """A day in words."""
    return day(told.isoformat()) if told else "undated"


def place_name(place: Place) -> str:
    """A place with what it lies in: "Tessit (Gao, Mali)"."""
    country = nation(place.country)
    told = (place.admin1, country.name if country else None)
    inside = [x for x in told if x and x != place.name]
    return f"{place.name} ({', '.join(inside)})" if inside else place.name


def _verb(kind: str, mode: str | None, status: str, *, alone: bool) -> str:
    verbs = _verbs()
    verb = verbs.get(f"{kind} {mode}") or verbs[kind]
    past, base, done = verb.past, verb.base, verb.participle or verb.past
    if alone:
        past, base, done = verb.alone
    if status == "alleged":
        return f"allegedly {past}"
    if status == "ongoing":
        return f"has {done} and goes on doing so" if alone else f"has repeatedly {done}"
    return _MAY[status].replace("{base}", base) if status in _MAY else past


def _toll(count: Settled[Count]) -> str:
    """A toll, with the first figure of one that grew and all figures of one in dispute."""
    told = sorted(count.tellings, key=lambda x: x.published or date.max)
    figures = list(dict.fromkeys(figure(x.value) for x in told))
    if count.agreement is Agreement.SERIES and len(figures) > 1:
        return f"{phrase(count.value)} (first told as {figures[0]})"
    if count.agreement is Agreement.DISPUTED and len(figures) > 1:
        return f"{phrase(count.value)} (disputed: {' or '.join(figures)})"
    return phrase(count.value)


def _joined(parties: Iterable[Party]) -> str:
    return _listed([f"the {x.name}" if _THE.search(x.name) else x.name for x in parties])


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


@lru_cache(maxsize=1)
def _verbs() -> Mapping[str, Verb]:
    return entries(VERBS, Verb)
