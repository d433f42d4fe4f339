"""Claims in any number, made by varying coded ones, and the time it takes to link them."""

import math
import random
import re
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import report
from dateline.corpus import conclude
from dateline.ingest import read
from dateline.knowledge import locate
from dateline.link import Linker
from dateline.model import Claim, Count, Document, Party, Period, Place, Reading, Record
from dateline.model.incident import Corpus
from dateline.pipeline import Pipeline
from dateline.store import Coder, Store

SEED = 7
SHARE = 0.5  # of the dispatches tell of an event that another tells of, too
PER_DAY = 40  # dispatches of a day
SIZES = (0.25, 0.5, 1.0)


def samples() -> list[Record]:
    """The sample dispatches, coded."""
    found = Pipeline().code(read([Path(str(locate("samples")))]))
    return [record for record in found if record.claims]


def varied(seeds: list[Record], claims: int, seed: int = SEED) -> Iterator[Record]:
    """Records with at least so many claims: the seeds on other days, elsewhere, with other names.

    Some tell of the same events as the one before, a day later and in part with other figures.
    """
    chance = random.Random(seed)  # noqa: S311 (no secret)
    made, number, last = 0, 0, (0, 0)
    while made < claims:
        first = date(2000, 1, 1) + timedelta(days=number // PER_DAY)
        again = number > 0 and chance.random() < SHARE
        scene = last if again else (chance.randrange(10**6), chance.randrange(len(seeds)))
        last = scene
        record = _moved(seeds[scene[1]], first, scene[0], number, chance)
        made += len(record.claims)
        number += 1
        yield record


def _moved(record: Record, day: date, scene: int, number: int, chance: random.Random) -> Record:
    old = record.document
    shift = (day - (old.published or day)).days
    text = old.text + f"\n\nNo. {number} of scene {scene}."
    text = re.sub(r"\b[^\W\d_]{5,}\b", lambda match: _word(match[0], scene), text)
    document = Document(text, f"{old.name}-{number}", old.title, f"Outlet {number % 97}", "", day)
    claims = tuple(_claim(c, document.id, shift, scene, chance) for c in record.claims)
    return Record(document, claims)


def _claim(claim: Claim, document: str, shift: int, scene: int, chance: random.Random) -> Claim:
    slots = claim.slots
    time_ = slots.time and replace(slots.time, value=_later(slots.time.value, shift))
    moved = replace(
        slots,
        time=time_,
        places=tuple(replace(p, value=_place(p.value, scene)) for p in slots.places),
        actors=tuple(replace(p, value=_party(p.value, scene)) for p in slots.actors),
        recipients=tuple(replace(p, value=_party(p.value, scene)) for p in slots.recipients),
        counts=tuple(_count(c, scene, chance) for c in slots.counts),
    )
    return replace(claim, document_id=document, slots=moved)


def _other(name: str, scene: int) -> str:
    """Another name of the same length for each scene."""
    letters = "aeioubdfgklmnprst"
    code = [letters[(scene // (n + 1) + n) % len(letters)] for n in range(min(4, len(name) - 1))]
    return name[: len(name) - len(code)] + "".join(code)


def _word(word: str, scene: int) -> str:
    """A word, three times of four another of the same length that only this scene has."""
    code = crc32(f"{word}{scene}".encode())
    return word if code % 4 == 0 else _other(word, code >> 2)


def _later(period: Period, days: int) -> Period:
    return Period(*(_day(told, days) for told in (period.start, period.end)))


def _day(told: str | None, days: int) -> str | None:
    if told is None:
        return None
    if len(told) < 10:
        year = int(told[:4]) + round(days / 365)
        return f"{max(1, year):04}{told[4:]}"
    return (date.fromisoformat(told) + timedelta(days=days)).isoformat()


def _place(place: Place, scene: int) -> Place:
    if place.level not in {"town", "site"} or place.lat is None or place.lon is None:
        return replace(place, name=_other(place.name, scene), country=_land(place.country, scene))
    lat, lon = -50 + scene % 1009 / 10.09, -170 + scene % 997 / 2.94
    name, land = _other(place.name, scene), _land(place.country, scene)
    return Place(name, land, place.level, lat, lon)


def _party(party: Party, scene: int) -> Party:
    name = f"{party.name} {scene % 211}" if party.name[:1].isupper() else party.name
    return replace(party, name=name, country=_land(party.country, scene))


def _land(country: str | None, scene: int) -> str | None:
    """Another country for each scene, but for what is international."""
    return country if country in {None, "INT"} else f"X{scene % 97:02}"


def _count(count: Reading[Count], scene: int, chance: random.Random) -> Reading[Count]:
    value, more = count.value, scene % 30 + chance.choice((0, 0, 0, 2))
    low, best, high = (x if x is None else x + more for x in (value.low, value.best, value.high))
    return replace(count, value=replace(value, low=low, best=best, high=high))


class Size(NamedTuple):
    """One size: how many claims, the seconds it took to link them and to add one dispatch."""

    claims: int
    linked: float
    whole: float
    added: float
    stored: float
    incidents: int
    memory: float

    @property
    def rate(self) -> float:
        """Microseconds for each n log n."""
        return self.whole / (self.claims * math.log2(self.claims)) * 1e6


def measure(seeds: list[Record], claims: int) -> Size:
    """Link so many claims, then one dispatch more: in memory, and in a store."""
    records = list(varied(seeds, claims))
    extra = records.pop()
    count = sum(len(record.claims) for record in records)
    start = time.perf_counter()
    linker = Linker(records)
    linked = time.perf_counter()
    corpus = linker.corpus()
    told = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    stored = in_store(corpus, linker, extra)
    before = time.perf_counter()
    linker.add([extra])
    added = time.perf_counter() - before
    return Size(count, linked - start, told - start, added, stored, len(corpus.incidents), memory)


def in_store(corpus: Corpus, linker: Linker, extra: Record) -> float:
    """The seconds to add a dispatch to a store that holds a linked corpus, and to link it."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "scale.db") as store:
        run = store.start_run(Coder("benchmark"))
        for _ in store.add_all(iter(corpus.records), run):
            pass
        store.replace_incidents(corpus, store.edition(), linker.linkage(corpus))
        start = time.perf_counter()
        store.add(extra, run)
        concluded = conclude(store)
        seconds = time.perf_counter() - start
        if concluded.whole:
            raise RuntimeError("all was linked again")
    return seconds


def sizes(claims: int) -> Iterator[Size]:
    """Three sizes up to so many claims."""
    seeds = samples()
    for share in SIZES:
        found = measure(seeds, int(claims * share))
        print(
            f"{found.claims} claims: {found.whole:.1f} s, one dispatch more: {found.added:.2f} s, "
            f"in a store {found.stored:.2f} s",
            flush=True,
        )
        yield found


def table(found: Sequence[Size]) -> list[str]:
    """The times as a table."""
    rows = [
        (f"{x.claims:,}", f"{x.linked:.0f} s", f"{x.whole:.0f} s", f"{x.rate:.1f}",
         f"{x.added:.2f} s", f"{x.stored:.2f} s", f"{x.incidents:,}", f"{x.memory:.1f} GiB")
        for x in found
    ]  # fmt: skip
    head = [
        *("claims", "incidents found", "whole corpus", "µs per n log₂ n"),
        *("one dispatch more", "in a store", "incidents", "memory"),
    ]
    return report.table(head, rows)


def plot(found: Sequence[Size]) -> str:
    """The seconds by the number of claims, beside n log n through the first size, as SVG."""
    most = found[-1]
    wide, high, left, low = 480.0, 260.0, 60.0, 30.0
    grown = [found[0].rate * x.claims * math.log2(x.claims) / 1e6 for x in found]
    top = 1.1 * max(most.whole, *grown)

    def at(x: float, seconds: float) -> str:
        across = left + x / most.claims * (wide - left - 20)
        return f"{across:.1f},{high - low - seconds / top * (high - low - 20):.1f}"

    line = " ".join(at(x.claims, x.whole) for x in found)
    dashed = " ".join(at(x.claims, y) for x, y in zip(found, grown, strict=True))
    marks = "".join(_mark(at(x.claims, x.whole), f"{x.whole:.0f} s") for x in found)
    ticks = "".join(_tick(at(x.claims, 0), f"{x.claims:,}") for x in found)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" '
        f'height="{high:g}" role="img" aria-label="Seconds to link, by the number of claims" '
        'font-family="sans-serif" font-size="11">\n'
        f'<rect width="{wide:g}" height="{high:g}" fill="#fff"/>\n'
        f'<polyline points="{at(0, top)} {at(0, 0)} {at(most.claims, 0)}" fill="none" '
        'stroke="#5b6b76"/>\n'
        f'<polyline points="{dashed}" fill="none" stroke="#8b979f" stroke-dasharray="5 4"/>\n'
        f'<polyline points="{line}" fill="none" stroke="#b3261e" stroke-width="2"/>\n'
        f'{marks}{ticks}<text x="{left + 8:g}" y="16" fill="#5b6b76">seconds to link; dashed: '
        "n log n from the first size</text>\n</svg>\n"
    )


def _mark(at: str, text: str) -> str:
    x, y = at.split(",")
    dot = f'<circle cx="{x}" cy="{y}" r="4" fill="#b3261e"/>'
    return f'{dot}<text x="{float(x) - 8:g}" y="{float(y) - 8:g}" text-anchor="end">{text}</text>\n'


def _tick(at: str, text: str) -> str:
    x, y = at.split(",")
    where = f'x="{x}" y="{float(y) + 16:g}" text-anchor="middle"'
    return f'<text {where} fill="#5b6b76">{text}</text>\n'
