"""Claims of a dispatch as templates of MUC-4: violence outside combat, with its victims."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from dateline.knowledge.geography import countries, fold
from dateline.model import Claim, Count, Document, Party, Reading, Record
from muc4_scoring import Fill, Template, same_words

_TYPES = {"abduct": "KIDNAPPING", "explosives": "BOMBING", "suicide-attack": "BOMBING"}
_BOMBS = frozenset(
    ["bomb", "bombing", "explode", "explosion", "dynamite", "grenade", "blast", "car-bomb"]
)
_FIRES = frozenset(["burn", "set", "arson", "torch", "fire", "ignite"])
_STAGES = {"planned": "THREATENED", "hypothetical": "THREATENED"}
_EFFECTS = {"killed": "DEATH", "injured": "INJURY"}
_DEADLY = re.compile(
    r"\b(?:kill|murder|assassinat|massacr|execut|slay|slain|die[ds]?\b|dead|death)", re.IGNORECASE
)
_HURT = re.compile(r"\b(?:wound|injur|hurt|maim)", re.IGNORECASE)
_GROUPS = frozenset({"REB", "CRM", "UAF", "PRM", "SPY", "MIL", "COP"})
_BODIES = frozenset({"MIL", "COP", "GOV"})
_OFFICIAL = re.compile(
    r"police|army|minist|government|military|official|authorit|president", re.IGNORECASE
)
_PLURAL = re.compile(r"(?:s|men|people|children|personnel|police)$", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b", re.IGNORECASE)
_TRIES = re.compile(
    r"\b(?:attempt|try|tries|tried|fail|foil|thwart|defus|escape|unharmed)", re.IGNORECASE
)
_LEAST = 0.85  # how sure a claim must be; chosen on TST1


def templates(record: Record) -> list[Template]:
    """One template for each incident that a dispatch tells of."""
    home = _home(record)
    text = record.document.text
    kept: list[tuple[str, Claim, Template]] = []
    for claim in record.claims:
        kind = incident_type(claim, text)
        if kind is None or _combat(claim) or not _telling(claim):
            continue
        same = next((x for k, told, x in kept if k == kind and _same(claim, told)), None)
        if same is None:
            kept.append((kind, claim, _template(claim, kind, record.document, home)))
        else:
            _add(same, claim, text, kind)
    return [template for _, _, template in kept]


def incident_type(claim: Claim, text: str) -> str | None:
    """The type of incident, None for a claim that is none."""
    if claim.type.value != "ASSAULT" or (claim.type.score or 1.0) < _LEAST:
        return None
    mode = claim.slots.mode.value if claim.slots.mode else ""
    words = set(re.findall(r"[a-z]+", _sentence(claim, text).lower()))
    trigger = set(re.findall(r"[a-z]+", claim.trigger.of(text).lower()))
    if mode in _TYPES:
        return _TYPES[mode]
    if trigger & _BOMBS or any(w.startswith(("bomb", "explo", "dynamit")) for w in trigger):
        return "BOMBING"
    if mode == "destroy" and words & _FIRES:
        return "ARSON"
    return "ATTACK"


def _combat(claim: Claim) -> bool:
    """Whether armed parties fight each other: no incident of this kind."""
    sides = [r.value.sector in _GROUPS for r in claim.slots.actors]
    others = [r.value.sector in _GROUPS for r in claim.slots.recipients]
    mutual = len(sides) > 1 and all(sides)
    return mutual or (bool(sides) and bool(others) and all(sides) and all(others))


def _telling(claim: Claim) -> bool:
    """Whether a claim is one act, and tells whom it struck, or at least where and when."""
    slots = claim.slots
    told = bool(slots.recipients) or any(c.value.kind in _EFFECTS for c in slots.counts)
    told = told or (bool(slots.places) and slots.time is not None)
    return told and slots.status.value != "ongoing"


def _same(left: Claim, right: Claim) -> bool:
    """Whether nothing tells two claims of one type apart: no other victims, day or place."""
    a, b = left.slots, right.slots
    days = {s.time.value for s in (a, b) if s.time}
    places = {s.places[0].value.name for s in (a, b) if s.places}
    sides = [{r.value.name for r in s.recipients} for s in (a, b)]
    return len(days) < 2 and len(places) < 2 and (not all(sides) or sides[0] & sides[1] != set())


def _template(claim: Claim, kind: str, document: Document, home: str) -> Template:
    out = Template()
    text = document.text
    out.slots["date"] = [Fill((_day(claim, document.published),))]
    out.slots["location"] = [Fill((_place(claim, home),))]
    out.slots["type"] = [Fill((kind,))]
    out.slots["stage"] = [Fill((_stage(claim, text),))]
    out.slots["confidence"] = list(_confidence(claim))
    _add(out, claim, text, kind)
    return out


def _add(out: Template, claim: Claim, text: str, kind: str) -> None:
    """Put the parties of a claim into a template; who is in it already is not put twice."""
    for reading in claim.slots.actors:
        out.names["perpetrators"].update({reading.value.name, _words(reading, text)})
    for words, number, effect in _victims(claim, text, kind):
        if any(same_words(words, name) for name in out.names["targets"]):
            continue
        out.names["targets"].add(words)
        out.slots["number"].append(Fill((number,), (words,)))
        if effect:
            out.slots["effect"].append(Fill((effect,), (words,)))


def _day(claim: Claim, published: date | None) -> str:
    time = claim.slots.time
    if time and len(time.value.start or "") == 10:
        days = [time.value.start, time.value.end]
        told = [date.fromisoformat(d) for d in days if d and len(d) == 10]
        ends = [f"{d:%d %b %y}".upper() for d in told]
        return ends[0] if len(set(ends)) == 1 else " - ".join(ends)
    return f"- {published:%d %b %y}".upper() if published else "-"


def _place(claim: Claim, home: str) -> str:
    places = claim.slots.places
    if not places:
        return home
    place = places[0].value
    known = countries().get(place.country or "")
    country = fold(known.name).upper() if known else home
    return country if place.level == "country" else f"{country}: {fold(place.name).upper()}"


def _home(record: Record) -> str:
    """The country that most claims of a dispatch are placed in."""
    often = Counter(r.value.country for c in record.claims for r in c.slots.places)
    known = countries().get(max(often, key=lambda x: (often[x], x or ""), default="") or "")
    return fold(known.name).upper() if known else "-"


def _stage(claim: Claim, text: str) -> str:
    status = claim.slots.status.value
    if status == "negated" or (status == "planned" and _TRIES.search(_sentence(claim, text))):
        return "ATTEMPTED"
    return _STAGES.get(status, "ACCOMPLISHED")


def _confidence(claim: Claim) -> Iterator[Fill]:
    """How sure it is that the groups among the actors did it."""
    for reading in claim.slots.actors:
        party = reading.value
        group = party.sector in _GROUPS and party.name[:1].isupper()
        if group or party.sector in _BODIES:
            yield Fill((_sure(claim, party),), (party.name,))


def _sure(claim: Claim, party: Party) -> str:
    for reading in claim.slots.sources:
        source = reading.value
        own = bool(set(source.name.lower().split()) & set(party.name.lower().split()))
        if source.stance == "claims-responsibility" and own:
            return "CLAIMED OR ADMITTED"
        if source.stance == "alleges":
            by = " BY AUTHORITIES" if _OFFICIAL.search(source.name) else ""
            return f"SUSPECTED OR ACCUSED{by}"
    return "SUSPECTED OR ACCUSED" if claim.slots.status.value == "alleged" else "REPORTED AS FACT"


def _victims(claim: Claim, text: str, kind: str) -> Iterator[tuple[str, str, str]]:
    """Words, number and effect for each victim that a claim tells of."""
    counts = [c for c in claim.slots.counts if c.value.kind in _EFFECTS]
    for toll in counts:
        count = toll.value
        none = count.best == 0
        effect = "NO INJURY OR DEATH" if none else _EFFECTS[count.kind]
        yield _words(toll, text), _figure(count), effect
    trigger = " ".join(s.of(text) for s in (claim.trigger, *claim.mentions))
    deadly = "DEATH" if _DEADLY.search(trigger) else "INJURY" if _HURT.search(trigger) else ""
    taken = {toll.value.who for toll in counts}
    for reading in claim.slots.recipients:
        words = _words(reading, text)
        party = reading.value
        if party.sector in {"UNK", "GOV"} and party.country and party.name.startswith("Government"):
            continue
        if counts and (reading.value.name in taken or any(w in words for w in taken)):
            continue
        many = bool(_PLURAL.search(words.split(" of ")[0])) and not words.istitle()
        number = _NUMBER.search(words)
        figure = number.group() if number and number.group().isdigit() else "PLURAL"
        yield words, figure if many else "1", deadly if kind != "KIDNAPPING" else ""


def _figure(count: Count) -> str:
    figure = next((x for x in (count.best, count.low, count.high) if x is not None), None)
    vague = count.best is None and count.low in {24, 200, 2000}
    return "PLURAL" if figure is None or vague else str(figure)


def _words(reading: Reading[Party] | Reading[Count], text: str) -> str:
    return reading.evidence[0].of(text) if reading.evidence else ""


def _sentence(claim: Claim, text: str) -> str:
    """The line around a claim's trigger, up to the marks that end sentences."""
    at = claim.trigger
    start = max(text.rfind(mark, 0, at.start) for mark in (". ", "\n", "! ", "? ")) + 1
    ends: Sequence[int] = [i for i in (text.find(m, at.end) for m in (". ", "\n")) if i >= 0]
    return text[start : min(ends, default=len(text))]
