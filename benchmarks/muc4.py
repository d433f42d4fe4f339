"""How the slots of MUC-4 are filled, scored by its guidelines, beside the best systems of 1992.

    python benchmarks/muc4.py [--part tst2] [--cache FILE] [--errors N] [--write]

News texts of 1988 to 1990 in capitals only (../shared/data/muc4, measured only): their case is
made from how openly licensed texts write each word. Claims become templates (`muc4_templates.py`).
All templates count: fills of a missed one are missing, those of a spurious one spurious. A partly
right fill counts half, where the guidelines let a program give it.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import report
from dateline.model import Document, Record
from dateline.model.codec import dump, load
from dateline.pipeline import Pipeline
from muc4_scoring import SLOTS, Fill, Template, mapped, mark
from muc4_templates import templates

SHARED = Path(__file__).parents[2] / "shared" / "data"
DATA = SHARED / "muc4"
ROWS = {
    "date": "inc-date",
    "location": "inc-loc",
    "type": "inc-type",
    "stage": "inc-stage",
    "confidence": "perp-org-conf",
    "number": "hum-tgt-num",
    "effect": "hum-tgt-effect",
}
LINES = {
    2: "date",
    3: "location",
    4: "type",
    5: "stage",
    11: "confidence",
    21: "number",
    23: "effect",
}
NAMES = {9: "perpetrators", 10: "perpetrators", 18: "targets", 19: "targets", 12: "objects"}

_HEADING = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})(?: \(.*\))?\s*$", re.MULTILINE)
_ENTRY = re.compile(r"^(\d+)\.\s+[A-Z :]+?\s{2,}(.*)$")
_DAY = re.compile(r"\b(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]* (\d\d)\b")
_BODY = re.compile(r"--\s*(?:\[[A-Z ,/]+\]\s*)+")
_WORD = re.compile(r"[^\W\d_]+")


def cased(text: str, usual: Mapping[str, str]) -> str:
    """The text in the case that each word usually has; unknown words are names."""

    def one(match: re.Match[str]) -> str:
        word = match.group().lower()
        before = text[: match.start()].rstrip(" \"'([")
        opens = not before or (before[-1] in ".!?:\n" and not before.endswith(("GEN.", "COL.")))
        known = usual.get(word, word.capitalize())
        return known[:1].upper() + known[1:] if opens else known

    return _WORD.sub(one, text)


def usual_case(folder: Path) -> dict[str, str]:
    """How openly licensed texts most often write each word inside a sentence."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(folder.glob("**/*.txt")):
        for match in re.finditer(r"(?<=[a-z,;] )[^\W\d_]+", path.read_text("utf-8")):
            seen[match.group().lower()][match.group()] += 1
    return {word: forms.most_common(1)[0][0] for word, forms in seen.items()}


def texts(path: Path, usual: Mapping[str, str]) -> Iterator[Document]:
    """The documents of a file, dated by their datelines."""
    parts = _HEADING.split(path.read_text("latin-1"))
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        head = _BODY.search(body)
        dateline = body[: head.start()] if head else body[:200]
        plain = re.sub(r"[ \t]*\n[ \t]*(?=\S)", " ", re.sub(r"\n\s*\n\s*", "\x00", body.strip()))
        plain = plain.replace("\x00", "\n\n")
        head = _BODY.search(plain)
        text = cased(plain[head.end() :] if head else plain, usual)
        day = _DAY.search(dateline)
        yield Document(text, name, published=read_day(day.group()) if day else None)


def read_day(words: str) -> date:
    """A day such as "20 NOV 89"."""
    return datetime.strptime(words.strip().title(), "%d %b %y").date()  # noqa: DTZ007 (a day only)


def keys(path: Path) -> dict[str, list[Template]]:
    """The key templates by text; texts that tell of no incident have none."""
    out: dict[str, list[Template]] = {}
    name, number = "", -1
    for line in path.read_text("latin-1").splitlines():
        entry = _ENTRY.match(line)
        if entry:
            number, value = int(entry[1]), entry[2].strip()
        elif number >= 0 and line.startswith("   "):
            value = line.strip()
        else:
            continue
        if number == 0:
            name = value
            out.setdefault(name, [])
        elif number == 1 and value != "*":
            out[name].append(Template(optional="OPTIONAL" in value))
        elif value and value not in {"*", "-"} and number in LINES | NAMES and out[name]:
            _fill(out[name][-1], number, value)
    return out


def _fill(template: Template, number: int, value: str) -> None:
    if number in LINES:
        template.slots[LINES[number]].append(Fill.read(value))
    if number in NAMES:
        template.names[NAMES[number]].update(re.findall(r'"([^"]+)"', value))


@dataclass(slots=True)
class Tally:
    """The marks of one slot."""

    possible: float = 0
    actual: float = 0
    credit: float = 0
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> tuple[float, float, float]:
        """F, recall and precision in per cent."""
        recall = 100 * self.credit / self.possible if self.possible else 0.0
        precision = 100 * self.credit / self.actual if self.actual else 0.0
        both = recall + precision
        return (2 * recall * precision / both if both else 0.0), recall, precision


def tally(
    gold: Mapping[str, Sequence[Template]], found: Mapping[str, Sequence[Template]]
) -> dict[str, Tally]:
    """The marks of all slots over all texts."""
    out = {slot: Tally() for slot in SLOTS}
    for name, wanted in gold.items():
        for pair in mapped(wanted, found.get(name, ())):
            for slot, marks in out.items():
                _add(marks, slot, pair, name)
    return out


def _add(marks: Tally, slot: str, pair: tuple[Template | None, Template | None], name: str) -> None:
    key, response = pair
    told = response.slots[slot] if response else []
    asked = key.slots[slot] if key else []
    possible, credit = mark(slot, asked, told)
    if key is None or response is not None or not key.optional:
        marks.possible += possible
    marks.actual += len(told)
    marks.credit += credit
    if asked and told and credit < len(asked):
        marks.wrong.append(f"{name} {slot}: key {asked} response {told}")


def coded(found: Sequence[Document], cache: Path | None) -> list[Record]:
    """The texts coded, from the cache or the pipeline."""
    if cache and cache.exists():
        return [load(line) for line in cache.read_text("utf-8").split("\n")[:-1]]
    records = list(Pipeline().code(found))
    if cache:
        cache.write_text("".join(f"{dump(record)}\n" for record in records), "utf-8")
    return records


def table(marks: Mapping[str, Tally]) -> list[str]:
    """Figures beside the best of 1992."""
    best = json.loads((DATA / "official_1992_best_by_slot.json").read_text("utf-8"))
    rows = []
    for slot, official in ROWS.items():
        f, recall, precision = marks[slot].figures()
        known = best[f"TST3/{official}"][0]
        rows.append(
            (slot, f"{f:.1f}", f"{recall:.1f}", f"{precision:.1f}", f"{known[0]} ({known[3]})")
        )
    return report.table(["slot", "F", "recall", "precision", "best of 1992 (TST3)"], rows)


def errors(marks: Mapping[str, Tally], most: int) -> Iterable[str]:
    """What was filled wrongly."""
    return (line for told in marks.values() for line in told.wrong[:most])


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="tst2", choices=("tst1", "tst2"))
    parser.add_argument("--cache", type=Path, help="file that keeps the coded records")
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong fills a slot")
    parser.add_argument("--write", action="store_true", help="write the figures into the docs")
    options = parser.parse_args(arguments)
    folder = DATA / options.part
    if not folder.is_dir():
        print(f"left out: no texts in {folder}")
        return 0
    usual = usual_case(SHARED / "texts" / "open")
    (path,), (key,) = folder.glob(f"{options.part}-muc*"), folder.glob("key-*")
    records = coded(list(texts(path, usual)), options.cache)
    gold, found = keys(key), {r.document.name: templates(r) for r in records}
    marks = tally(gold, found)
    numbers = sum(map(len, gold.values())), sum(map(len, found.values()))
    note = (
        f"The {len(records)} texts of {options.part.upper()} (measured only, nothing learned from "
        f"them), {numbers[0]} key templates, {numbers[1]} made; how sure a claim must be "
        "was chosen on TST1. "
        "All templates count, partly right fills half. `python benchmarks/muc4.py --write`"
    )
    lines = ["## MUC-4", "", note, "", *table(marks)]
    print("\n".join([*lines, *errors(marks, options.errors)]))
    if options.write:
        report.write("muc4", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
