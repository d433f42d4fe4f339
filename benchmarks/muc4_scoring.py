"""Templates of MUC-4 and how its guidelines mark their fills (right 1, partly right 0.5)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

SLOTS = ("date", "location", "type", "stage", "confidence", "number", "effect")

_MINOR = frozenset(["THE", "A", "AN", "OF", "AND", "IN", "TO"])
_DAY = re.compile(r"\d{1,2} [A-Z]{3} \d\d")
_MORE = frozenset({"NO INJURY", "NO DEATH"})


@dataclass(frozen=True, slots=True)
class Fill:
    """What one line may be filled with: values, and the words that it refers to."""

    values: tuple[str, ...]
    tags: tuple[str, ...] = ()
    optional: bool = False

    @classmethod
    def read(cls, line: str) -> "Fill":
        """Read a line of a key: "/" parts alternatives, quotes hold strings, "?" is optional."""
        bare = line.removeprefix("?").strip()
        tags = tuple(re.findall(r'"([^"]+)"', bare))
        if tags or '"' in bare:
            bare = bare.partition('"')[0].strip().rstrip(":").strip()
        parts = [part.strip() for part in re.split(r"\s/\s", bare)]
        values = tuple(_unwrapped(part) for part in parts if part)
        return cls(values, tags, line.startswith("?"))


def _unwrapped(words: str) -> str:
    return words[1:-1].strip() if words.startswith("(") and words.endswith(")") else words


@dataclass(slots=True)
class Template:
    """One incident: its fills by slot, and the words for perpetrators and targets."""

    slots: dict[str, list[Fill]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    optional: bool = False


def mapped(
    keys: Sequence[Template], responses: Sequence[Template]
) -> Iterator[tuple[Template | None, Template | None]]:
    """Keys with responses, the best agreeing first, by type and one perpetrator or target."""
    pairs = [
        (-sum(mark(slot, k.slots[slot], r.slots[slot])[1] for slot in SLOTS), i, j)
        for i, k in enumerate(keys)
        for j, r in enumerate(responses)
        if _may_map(k, r)
    ]
    left, right = set(range(len(keys))), set(range(len(responses)))
    for _, i, j in sorted(pairs):
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            yield keys[i], responses[j]
    yield from ((keys[i], None) for i in sorted(left))
    yield from ((None, responses[j]) for j in sorted(right))


def _may_map(key: Template, response: Template) -> bool:
    if mark("type", key.slots["type"], response.slots["type"])[1] == 0:
        return False
    every = [name for names in key.names.values() for name in names]
    if not every:
        return True
    return any(same_words(a, b) for names in response.names.values() for b in names for a in every)


def same_words(left: str, right: str) -> bool:
    """Whether two strings share a word that matters."""
    a, b = (set(re.findall(r"\w+", words.upper())) - _MINOR for words in (left, right))
    return not a.isdisjoint(b)


def mark(slot: str, asked: Sequence[Fill], told: Sequence[Fill]) -> tuple[float, float]:
    """How many fills a slot asks for, and the credit for those told."""
    left, credit = list(told), 0.0
    for fill in asked:
        scored = [(score(slot, fill, other), -k) for k, other in enumerate(left)]
        best, k = max(scored, default=(0.0, 0))
        if best:
            credit += best
            left.pop(-k)
    return sum(not fill.optional for fill in asked), credit


def score(slot: str, key: Fill, response: Fill) -> float:
    """The credit for one fill."""
    given = response.values[0] if response.values else ""
    if slot == "date":
        return max((_date(value, given) for value in key.values), default=0.0)
    if slot == "location":
        return max((_location(value, given) for value in key.values), default=0.0)
    if slot == "type":
        return 1.0 if given in key.values else 0.5 if given == "ATTACK" else 0.0
    if slot == "stage":
        return float(given in key.values)
    tagged = not key.tags or any(same_words(a, b) for a in key.tags for b in response.tags)
    full = 1.0 if tagged else 0.5
    if given in key.values:
        return full
    return _partly(slot, key.values, given)


def _partly(slot: str, values: Sequence[str], given: str) -> float:
    if slot == "confidence":
        more = "SUSPECTED OR ACCUSED BY AUTHORITIES" in values
        return 0.5 if more and given == "SUSPECTED OR ACCUSED" else 0.0
    if slot == "effect":
        return 0.5 if given in _MORE and "NO INJURY OR DEATH" in values else 0.0
    anchors = {part for value in values for part in re.findall(r"\d+", value)}
    return 0.5 if given.isdigit() and given in anchors else 0.0


def _date(key: str, given: str) -> float:
    if key == given:
        return 1.0
    open_key, open_given = key.startswith("- "), given.startswith("- ")
    asked, told = _days(key), _days(given)
    if not asked or not told:
        return 0.0
    if open_given:
        return 0.5 if told[-1] == asked[-1] else 0.0
    if open_key:
        return 0.5 if 0 <= (asked[-1] - told[-1]).days <= 1 else 0.0
    return 0.5 if len(asked) > 1 and asked[0] <= told[-1] <= asked[-1] else 0.0


def _days(words: str) -> list[date]:
    found = []
    for day in _DAY.findall(words):
        try:
            found.append(datetime.strptime(day.title(), "%d %b %y").date())  # noqa: DTZ007
        except ValueError:  # "16 NOV 00" stands for an unknown year
            continue
    return found


def _location(key: str, given: str) -> float:
    asked, told = ([_bare(part) for part in words.split(":")] for words in (key, given))
    if asked == told:
        return 1.0
    same = {asked[0]} == {told[0]}
    if len(asked) > 1 and len(told) > 1 and asked[-1] in told[1:] and told[-1] in asked[1:]:
        return 1.0 if same else 0.5
    return 0.5 if same else 0.0


def _bare(part: str) -> str:
    return re.sub(r"\([A-Z ]+\)", "", part.replace("(CITY)", "")).strip()
