"""Leave out of a corpus what must not be published, by profiles that are data."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal
from urllib.parse import unquote

from dateline.export.nations import nation
from dateline.export.phrases import is_proper
from dateline.knowledge import Entry, entries, locate
from dateline.model import Document
from dateline.model.codec_incident import decode_corpus, encode_corpus
from dateline.model.incident import Corpus

Json = dict[str, Any]
FOLDER = "redaction"
BLOCK = "█"
_COORDINATES = ("keep", "round", "drop")
_PLACES = ("keep", "division")
_TEXTS = ("keep", "evidence", "drop")
_FINE = frozenset({"site", "town", "adm2"})
_SHORTEST = 4  # letters of a part of a name that is blacked out where it stands alone


class Rule(Entry):
    """One rule of a profile; its fields are described in the profile `public`."""

    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    coordinates: Literal["keep", "round", "drop"] = "keep"
    places: Literal["keep", "division"] = "keep"
    names: tuple[str, ...] = ()
    texts: Literal["keep", "evidence", "drop"] = "keep"

    def fits(self, claim: Json) -> bool:
        """Whether all conditions hold for a claim (as JSON)."""
        mode = claim["mode"]["value"] if claim["mode"] else "none"
        parties = (*claim["actors"], *claim["recipients"])
        sectors = {x["value"]["sector"] for x in parties}
        return (
            claim["type"]["value"] in (self.types or (claim["type"]["value"],))
            and mode in (self.modes or (mode,))
            and claim["status"]["value"] in (self.statuses or (claim["status"]["value"],))
            and (not self.sectors or not sectors.isdisjoint(self.sectors))
        )


@dataclass(frozen=True, slots=True)
class Measures:
    """The strictest of what the rules that apply ask for."""

    coordinates: str = "keep"
    places: str = "keep"
    names: frozenset[str] = frozenset()
    texts: str = "keep"

    def __or__(self, other: "Measures | Rule") -> "Measures":
        return Measures(
            max(self.coordinates, other.coordinates, key=_COORDINATES.index),
            max(self.places, other.places, key=_PLACES.index),
            self.names | frozenset(other.names),
            max(self.texts, other.texts, key=_TEXTS.index),
        )

    @property
    def hides_places(self) -> bool:
        """Whether the words that name places must go too."""
        return self.places == "division" or self.coordinates == "drop"


def profile(name: str) -> dict[str, Rule]:
    """The rules of a profile of this package (public, partners, locations) or of a user's file.

    Raises:
        KnowledgeError: It cannot be read, or a rule breaks the format.
    """
    inside = f"{FOLDER}/{name}.yaml"
    return entries(inside if locate(inside).is_file() else name, Rule)


def redact(corpus: Corpus, rules: Mapping[str, Rule]) -> Corpus:
    """The corpus without what the rules take out of it.

    What holds for one claim holds for its whole incident. Texts keep their length, so that the
    characters of other values stay right; dispatches whose words change get another id. An address
    goes with the whole text, and where it spells a name.
    """
    fields = encode_corpus(corpus)
    measures = _measures(fields, rules)
    hidden: set[str] = set()
    for record in fields["records"]:
        for claim in record["claims"]:
            hidden |= _names(claim, measures[claim["id"]])
    for record in fields["records"]:
        _record(record, measures, hidden)
    renamed = _named_anew(fields["records"])
    for incident in fields["incidents"]:
        found = _joined(measures[x] for x in incident["claims"] if x in measures)
        for slot in ("actors", "recipients", "places", "counts"):
            for settled in incident[slot]:
                _values([settled, *settled["tellings"]], slot, found, hidden)
    for kind in ("incidents", "judgements", "conflicts", "commitments"):
        fields[kind] = _without(fields[kind], hidden)
    fields = _with_ids(fields, renamed)
    for verdict in fields["judgements"]:
        verdict["left"], verdict["right"] = sorted((verdict["left"], verdict["right"]))
    return decode_corpus(fields)


def _measures(fields: Json, rules: Mapping[str, Rule]) -> dict[str, Measures]:
    """What is asked for, by claim; all claims of an incident share it."""
    found: dict[str, Measures] = {}
    for record in fields["records"]:
        for claim in record["claims"]:
            fitting = [rule for rule in rules.values() if rule.fits(claim)]
            found[claim["id"]] = _joined(fitting)
    for incident in fields["incidents"]:
        claims = [x for x in incident["claims"] if x in found]
        shared = _joined(found[x] for x in claims)
        found.update(dict.fromkeys(claims, shared))
    return found


def _joined(found: Iterable[Measures | Rule]) -> Measures:
    whole = Measures()
    for one in found:
        whole = whole | one
    return whole


def _names(claim: Json, found: Measures) -> set[str]:
    """The names that must not be read anywhere."""
    parties = (x["value"] for x in (*claim["actors"], *claim["recipients"]))
    names = {x["name"] for x in parties if x["sector"] in found.names and is_proper(x["name"])}
    if found.hides_places:
        names |= {x["value"]["name"] for x in claim["places"] if x["value"]["level"] in _FINE}
    return names


def _record(record: Json, measures: Mapping[str, Measures], hidden: set[str]) -> None:
    """Redact a dispatch and its claims in place, all but its id."""
    document = record["document"]
    found = _joined(measures[x["id"]] for x in record["claims"])
    text, words = document["text"], _pattern(hidden)
    kept = _masked(text, _shown(record, found, text), words)
    if kept != text:
        record["notes"], document["notes"] = [], []
    if found.texts == "drop" or _tells(document["url"], words):
        document["url"] = _nowhere(document["id"])
    document["title"] = "" if found.texts == "drop" else _blacked(document["title"], words)
    document["name"] = _blacked(document["name"], words)
    document["text"] = kept
    for claim in record["claims"]:
        _claim(claim, measures[claim["id"]], hidden)
    _requote(record, kept)


def _named_anew(records: Iterable[Json]) -> dict[str, str]:
    """The new ids of dispatches by their old ones; one like another gets its own address."""
    renamed: dict[str, str] = {}
    for record in records:
        document = record["document"]
        old, document["id"] = document["id"], _id(document)
        if document["id"] in renamed.values():
            document["url"] = _nowhere(old)
            document["id"] = _id(document)
        renamed[old] = document["id"]
    return renamed


def _id(document: Json) -> str:
    told = {name: document[name] for name in ("text", "publisher", "url")}
    return Document(**told).id


def _nowhere(old: str) -> str:
    """What stands instead of an address."""
    return f"urn:redacted:{sha256(old.encode()).hexdigest()[:16]}"


def _tells(url: str, words: re.Pattern[str] | None) -> bool:
    """Whether an address spells one of the names, as the headlines in addresses do."""
    plain = re.sub(r"[\W_]+", " ", unquote(url))
    return bool(words and re.search(words.pattern, plain, re.IGNORECASE))


def _shown(record: Json, found: Measures, text: str) -> Iterator[tuple[int, int]]:
    """The stretches of the text that may be read."""
    if found.texts == "keep":
        yield 0, len(text)
    elif found.texts == "evidence":
        yield from _spans(record)


def _spans(value: Any) -> Iterator[tuple[int, int]]:
    """Every span of evidence below a JSON value."""
    if isinstance(value, list):
        for x in value:
            yield from _spans(x)
    elif isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield value["start"], value["end"]
        else:
            for x in value.values():
                yield from _spans(x)


def _masked(text: str, shown: Iterable[tuple[int, int]], words: re.Pattern[str] | None) -> str:
    letters = [BLOCK] * len(text)
    for start, end in shown:
        letters[start:end] = text[start:end]
    for match in words.finditer(text) if words else ():
        letters[match.start() : match.end()] = BLOCK * (match.end() - match.start())
    return "".join(letters)


def _claim(claim: Json, found: Measures, hidden: set[str]) -> None:
    for slot in ("actors", "recipients", "places", "counts", "sources"):
        _values(claim[slot], slot, found, hidden)


def _values(readings: Iterable[Json], slot: str, found: Measures, hidden: set[str]) -> None:
    for reading in readings:
        value = reading["value"]
        if slot == "places":
            _place(value, found)
        elif slot in {"actors", "recipients"}:
            if value["name"] in hidden or (
                value["sector"] in found.names and is_proper(value["name"])
            ):
                value["name"] = f"withheld ({value['sector'] or 'UNK'})"
        elif slot == "counts":
            value["who"] = _blacked(value["who"], _pattern(hidden))
            value["source"] = value["source"] and _source(value["source"], hidden)
        else:
            value["name"] = _source(value["name"], hidden)
        for source in reading.get("sources", ()):
            source["name"] = _source(source["name"], hidden)


def _source(name: str, hidden: set[str]) -> str:
    return "withheld" if name in hidden else name


def _place(place: Json, found: Measures) -> None:
    if found.places == "division" and place["level"] in _FINE:
        country = nation(place["country"])
        place["name"] = place["admin1"] or (country.name if country else "withheld")
        place["level"] = "adm1" if place["admin1"] else "country"
        place["lat"] = place["lon"] = place["geonames"] = None
    if found.coordinates != "keep":
        place["geonames"] = None
        for axis in ("lat", "lon"):
            told = place[axis]
            place[axis] = None if told is None or found.coordinates == "drop" else round(told, 1)


def _requote(value: Any, text: str) -> None:
    """Make every span quote the text as it is now."""
    if isinstance(value, list):
        for x in value:
            _requote(x, text)
    elif isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            value["text"] = text[value["start"] : value["end"]]
        else:
            for x in value.values():
                _requote(x, text)


def _pattern(hidden: Iterable[str]) -> re.Pattern[str] | None:
    """The names, and the capitalised parts of them that are long enough to be told by.

    In capitals, too: where a dispatch comes from stands so before it.
    """
    parts = {part for name in hidden for part in name.split()}
    told = {x for x in parts if len(x) >= _SHORTEST and x[0].isupper()} | set(hidden)
    told |= {x.upper() for x in told}
    names = sorted(told, key=lambda x: (-len(x), x))
    return re.compile("|".join(rf"(?<!\w){re.escape(x)}(?!\w)" for x in names)) if names else None


def _blacked(text: str, words: re.Pattern[str] | None) -> str:
    return words.sub(lambda match: BLOCK * len(match.group()), text) if words else text


def _without(value: Any, hidden: set[str]) -> Any:
    """The same JSON, the names blacked out of what is told in words."""
    words = _pattern(hidden)
    if words is None:
        return value

    def walk(x: Any, key: str = "") -> Any:
        if isinstance(x, dict):
            return {name: walk(one, name) for name, one in x.items()}
        if isinstance(x, list):
            return [walk(one, key) for one in x]
        return _blacked(x, words) if isinstance(x, str) and key == "says" else x

    return walk(value)


def _with_ids(fields: Json, renamed: Mapping[str, str]) -> Json:
    """The same JSON, ids of dispatches (also inside claim ids) replaced."""
    changed = {old: new for old, new in renamed.items() if old != new}
    if not changed:
        return fields
    pattern = re.compile(r"(?<![0-9a-f])(?:" + "|".join(map(re.escape, changed)) + r")(?![0-9a-f])")

    def walk(x: Any) -> Any:
        if isinstance(x, dict):
            return {key: walk(one) for key, one in x.items() if key != "text"} | (
                {"text": x["text"]} if "text" in x else {}
            )
        if isinstance(x, list):
            return [walk(one) for one in x]
        return pattern.sub(lambda m: changed[m.group()], x) if isinstance(x, str) else x

    found: Json = walk(fields)
    return found
