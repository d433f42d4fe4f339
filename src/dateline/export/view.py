"""An incident with the claims and dispatches behind it, as every exporter reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from dateline.export.days import Days, days
from dateline.export.nations import Nation, nation
from dateline.export.phrases import one_line
from dateline.model import Basis, Claim, Party, Place, Reading, Record, Slots, Span
from dateline.model.incident import Agreement, Corpus, Incident, Settled

DIGITS = 12
FOREIGN = "INT"
_LEVELS = {"adm2": 1, "adm1": 2, "region": 3, "border": 3, "sea": 3, "country": 4}


@dataclass(frozen=True, slots=True)
class View:
    """One incident, its claims, the dispatches they are in, and its number in numbered layouts."""

    incident: Incident
    claims: tuple[tuple[Claim, Record], ...]
    number: int

    @property
    def event_id(self) -> str:
        """The id in the layouts of other sets, such as XX-MLI-000000000123."""
        return f"XX-{self.country or FOREIGN}-{self.number:0{DIGITS}}"

    @property
    def records(self) -> tuple[Record, ...]:
        """The dispatches, each once, in the order of the claims."""
        return tuple({record.document.id: record for _, record in self.claims}.values())

    @property
    def actors(self) -> tuple[Party, ...]:
        """Who did it."""
        return tuple(x.value for x in self.incident.actors)

    @property
    def recipients(self) -> tuple[Party, ...]:
        """To whom."""
        return tuple(x.value for x in self.incident.recipients)

    @property
    def sides(self) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """The acting and the other side; of several actors without a recipient, the first acts."""
        if len(self.actors) > 1 and not self.recipients:
            return self.actors[:1], self.actors[1:]
        return self.actors, self.recipients

    @property
    def place(self) -> Place | None:
        """Where, as closely as it is told: the first of the finest level that has coordinates."""
        return min((x.value for x in self.incident.places), key=_coarseness, default=None)

    @property
    def country(self) -> str | None:
        """The country (ISO 3166-1 alpha-3) of that place, else of the first that has one."""
        places = [x.value for x in self.incident.places]
        countries = (x.country for x in (self.place, *places) if x)
        return next((x for x in countries if x), None)

    @property
    def nation(self) -> Nation | None:
        """What that country is called and numbered elsewhere."""
        return nation(self.country)

    @property
    def days(self) -> Days | None:
        """From which to which day."""
        return days(self.incident.time.value) if self.incident.time else None

    @property
    def mode(self) -> str | None:
        """How it was done."""
        return self.incident.mode.value if self.incident.mode else None

    @property
    def disputed(self) -> tuple[str, ...]:
        """The slots on which the dispatches contradict each other."""
        return tuple(dict.fromkeys(n for n, x in slots(self.incident) if _contested(x)))

    @property
    def settled(self) -> Claim:
        """The settled values as one claim, for what judges claims; it quotes no words."""
        found = self.incident
        told = Slots(
            status=_reading(found.status.value),
            mode=_reading(found.mode.value) if found.mode else None,
            actors=tuple(_reading(x.value) for x in found.actors),
            recipients=tuple(_reading(x.value) for x in found.recipients),
            places=tuple(_reading(x.value) for x in found.places),
            time=_reading(found.time.value) if found.time else None,
            counts=tuple(_reading(x.value) for x in found.counts),
        )
        return Claim(found.id, _reading(found.type.value), told)

    def words(self, slot: str) -> tuple[str, ...]:
        """The words of the dispatches that a slot's values rest on, each once."""
        found = (
            one_line(span.of(record.document.text))
            for claim, record in self.claims
            for name, reading in claim.readings()
            if name == slot
            for span in reading.evidence
        )
        return tuple(dict.fromkeys(found))

    def named(self, fields: tuple[str, ...]) -> tuple[str, ...]:
        """Values of fields of the dispatches ("publisher", "title"), in order, each once."""
        found = (getattr(x.document, field) for x in self.records for field in fields)
        return tuple(dict.fromkeys(one_line(x) for x in found if x))

    def sources(self) -> tuple[str, ...]:
        """Whom the dispatches name as their sources, each once."""
        found = (x.value.name for claim, _ in self.claims for x in claim.sources)
        return tuple(dict.fromkeys(one_line(x) for x in found))


def views(corpus: Corpus) -> Iterator[View]:
    """Every incident of the corpus, in its order."""
    claims = corpus.claims()
    numbered = numbers(x.id for x in corpus.incidents)
    for incident in corpus.incidents:
        told = tuple(claims[x] for x in incident.claims if x in claims)
        yield View(incident, told, numbered[incident.id])


def numbers(ids: Iterator[str]) -> dict[str, int]:
    """A number of `DIGITS` digits for each incident id, computed from the id alone.

    Of ids whose numbers collide, which is rarer than one in a thousand for 30,000 incidents, all
    but the alphabetically first get another.
    """
    found: dict[str, int] = {}
    used: set[int] = set()
    for name in sorted(ids):
        attempt = 0
        number = _number(name)
        while number in used:
            attempt += 1
            number = _number(f"{name}#{attempt}")
        used.add(number)
        found[name] = number
    return found


def slots(incident: Incident) -> Iterator[tuple[str, Settled[Any]]]:
    """Every settled value with the name of its slot; a toll's name is its kind."""
    yield "type", incident.type
    yield "status", incident.status
    for name in ("mode", "time"):
        found = getattr(incident, name)
        if found:
            yield name, found
    for name in ("actors", "recipients", "places"):
        for one in getattr(incident, name):
            yield name, one
    for count in incident.counts:
        yield count.value.kind, count


def seconds(day: date | None) -> int | None:
    """Midnight (UTC) of a day as Unix seconds."""
    if day is None:
        return None
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _coarseness(place: Place) -> tuple[bool, int]:
    return place.lat is None, _LEVELS.get(place.level, 0)


def _number(name: str) -> int:
    digest = sha256(name.encode("utf-8", "surrogatepass")).digest()
    number: int = int.from_bytes(digest[:8]) % 10**DIGITS
    return number


def _contested(found: Settled[Any]) -> bool:
    return found.agreement is Agreement.DISPUTED


def _reading(value: Any) -> Reading[Any]:
    evidence: tuple[Span, ...] = ()
    return Reading(value, Basis.INFERRED, evidence, "settled")
