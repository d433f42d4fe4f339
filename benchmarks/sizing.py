"""How many machines an archive needs, worked out from the measured figures.

    python benchmarks/sizing.py [--articles N] [--sentences N] [--price DOLLARS] [--write]

The figures are those that `benchmarks/engines.py --write` left in benchmarks/engines.json. With
--write the tables of docs/scaling.md are written anew; the words around them stay.
"""

import argparse
import json
import math
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import report
from engines import FIGURES

PAGE = Path(__file__).parents[1] / "docs" / "scaling.md"
DAY = 86_400
MILLION = 1_000_000
SPARE = 1.3  # cores beyond what the mean day needs: news comes in waves, machines are restarted
LARGE = 128  # cores of the largest machine worth a row
# Published figures of other coders. Sentences a second on one core, from parses or plain text:
TABARI, PETRARCH2 = (11_600,), (2_660, 4_050)
HEIDELTIME = (1.7, 3.0)  # seconds a call, one article each: times only
LLM = {"articles": 500, "hours": 0.5, "dollars": 31.0}


class Load(NamedTuple):
    """What is asked for: articles a day, sentences an article, dollars an hour of a core."""

    articles: int
    sentences: float
    price: float


def hourly(rate: float, sentences: float) -> float:
    """Articles an hour at so many sentences a second."""
    return 3600 * rate / sentences


def cores(load: Load, rate: float) -> int:
    """Cores that code a day's articles in a day, with some to spare."""
    return math.ceil(SPARE * load.articles * load.sentences / rate / DAY)


def rates(found: dict[str, Any]) -> dict[str, float]:
    """Sentences a second of all stages and of the parser alone, per core; megabytes a worker."""
    speed = found["speed"]
    return {
        "alone": speed["coder_1"],
        "together": speed["coder_2"] / 2,
        "parser": speed["bare_1"],
        "megabytes": found["memory"]["peak"],
    }


def sizing(found: dict[str, Any], load: Load) -> list[str]:
    """The table of machines."""
    told = rates(found)
    size = int(told["megabytes"])
    machines = [1]
    while machines[-1] < LARGE:
        machines.append(machines[-1] * 4)
    rows = []
    for number in (*machines[:-1], LARGE):
        rate = told["alone"] if number == 1 else told["together"] * number
        each = hourly(rate, load.sentences)
        rows.append(
            (
                f"{number}",
                f"{each:,.0f}",
                f"{24 * each:,.0f}",
                f"{MILLION / each:,.1f}",
                _gigabytes(number * size),
            )
        )
    head = ("cores", "dispatches an hour", "a day", "hours for a million", "memory for workers")
    needed = cores(load, told["together"])
    sentence = (
        f"**{load.articles:,} articles a day** need {needed} cores "
        f"({load.articles * load.sentences / told['together'] / DAY:.1f} busy all day, and "
        f"{100 * (SPARE - 1):.0f} % to spare) and {_gigabytes(needed * size)} for their workers, "
        f"at {load.sentences:.1f} sentences an article."
    )
    note = (
        f"One core codes {hourly(told['alone'], load.sentences):,.0f} dispatches an hour "
        f"({told['alone']:.0f} sentences a second; {told['together']:.0f} per core when two work), "
        f"a worker takes {size} MB at most. Rows of more than two cores are worked out, not "
        f"measured. {found['machine']}. `python benchmarks/sizing.py --write`"
    )
    return [note, "", *report.table(head, rows), "", sentence]


def costs(found: dict[str, Any], load: Load) -> list[str]:
    """The table of what a million articles cost."""
    told = rates(found)
    work = load.sentences * MILLION / 3600
    parse = work / told["parser"]
    petrarch = [work / x for x in reversed(PETRARCH2)]
    calls = [x * MILLION / 3600 for x in HEIDELTIME]
    hours = LLM["hours"] * MILLION / LLM["articles"]
    dollars = LLM["dollars"] * MILLION / LLM["articles"]
    rows = [
        ("TABARI and its kind", "codes from shallow patterns, no parse, no sources",
         *_span([work / x for x in TABARI], load.price)),
        ("PETRARCH2, given parses", "codes from phrase structure",
         *_span(petrarch, load.price)),
        ("… with a parse (ours)", "the same", *_span([x + parse for x in petrarch], load.price)),
        ("HeidelTime", "times only, a call an article", *_span(calls, load.price)),
        ("**Dateline**", "events with sources, times, places, tolls, evidence",
         *_span([work / told["alone"]], load.price)),
        ("an LLM pipeline", "events by prompt", f"{hours:,.0f} (waiting)", f"${dollars:,.0f}"),
    ]  # fmt: skip
    head = ("coder", "gives", "core-hours for a million articles", "cost")
    note = (
        f"At {load.sentences:.1f} sentences an article and ${load.price:.3f} an hour of a core "
        "(`--price`). Figures of the others are published ones, on other machines: TABARI 11,600 "
        "sentences a second, PETRARCH2 2,660 to 4,050 given parses, HeidelTime 1.7 to 3.0 s a "
        "call, the LLM pipeline 500 articles in 30 minutes for 31 dollars. "
        "`python benchmarks/sizing.py --write`"
    )
    return [note, "", *report.table(head, rows)]


def _span(hours: Sequence[float], price: float) -> tuple[str, str]:
    """Hours and what they cost; from the least to the most where they differ."""
    least, most = min(hours), max(hours)
    if least == most:
        return _number(least), f"${_number(least * price)}"
    return f"{_number(least)}–{_number(most)}", f"${_number(least * price)}–{_number(most * price)}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2f}"


def _gigabytes(megabytes: float) -> str:
    return f"{megabytes / 1024:.1f} GB"


def written(page: str, tables: dict[str, list[str]]) -> str:
    """The page with these tables between their marks.

    Raises:
        ValueError: A mark is missing.
    """
    for name, lines in tables.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        form = re.compile(rf"{re.escape(begin)}\n.*?{re.escape(end)}", re.DOTALL)
        if not form.search(page):
            raise ValueError(f"the page has no '{begin}' with its end")
        before, after = form.split(page, maxsplit=1)
        page = "\n".join([f"{before}{begin}", *lines, f"{end}{after}"])
    return page


def main(arguments: Sequence[str]) -> int:
    """Print, or write, both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=MILLION, help="a day")
    parser.add_argument("--sentences", type=float, help="an article; else as measured")
    parser.add_argument("--price", type=float, default=0.04, help="dollars an hour of a core")
    parser.add_argument("--write", action="store_true", help="write the tables into the docs")
    options = parser.parse_args(arguments)
    if not FIGURES.exists():
        print("left out: there are no figures yet; python benchmarks/engines.py --write")
        return 0
    found = json.loads(FIGURES.read_text("utf-8"))
    speed = found["speed"]
    each = options.sentences or speed["sentences"] / speed["dispatches"]
    load = Load(options.articles, each, options.price)
    tables = {"sizing": sizing(found, load), "costs": costs(found, load)}
    for lines in tables.values():
        print("\n".join([*lines, ""]))
    if options.write:
        PAGE.write_text(written(PAGE.read_text("utf-8"), tables), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
