"""Claims in any number, made by varying coded ones, and the time it takes to link them."""

import math
import random
import re
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zlib import crc32

import report
from dateline.ingest import read
from dateline.knowledge import locate
from dateline.link import Linker
from dateline.model import Claim, Count, Document, Party, Period, Place, Reading, Record
from dateline.pipeline import Pipeline

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


def scale_rows(claims: int) -> list[str]:
    """Link three sizes and add one dispatch to each; the table of the times."""
    seeds = samples()
    rows = []
    for share in SIZES:
        records = list(varied(seeds, int(claims * share)))
        extra = records.pop()
        count = sum(len(record.claims) for record in records)
        start = time.perf_counter()
        linker = Linker(records)
        linked = time.perf_counter()
        corpus = linker.corpus()
        told = time.perf_counter()
        linker.add([extra])
        added = time.perf_counter() - told
        whole = told - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        rate = whole / (count * math.log2(count)) * 1e6
        rows.append(
            (f"{count:,}", f"{linked - start:.0f} s", f"{whole:.0f} s", f"{rate:.1f}",
             f"{added:.2f} s", f"{len(corpus.incidents):,}", f"{memory:.1f} GiB")
        )  # fmt: skip
        print(f"{count} claims: {whole:.1f} s, one more dispatch: {added:.2f} s", flush=True)
    head = ["claims", "incidents found", "whole corpus", "µs per n log₂ n", "one dispatch more"]
    return report.table([*head, "incidents", "memory"], rows)
