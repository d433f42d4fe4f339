"""Find place names: what the gazetteer knows, kept where the words around allow a place."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.annotate.places_cues import load_cues
from dateline.annotate.places_view import PLACES, View, spread
from dateline.knowledge.geography import (
    Feature,
    Gazetteer,
    countries,
    country_names,
    demonyms,
    fold,
)
from dateline.model import Annotated

_LONGEST = 6
_ENOUGH = 0.5
_INNER = frozenset({"de", "da", "do", "du", "la", "le", "el", "al", "the"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken for a place: its tokens, what it may mean, what the words around tell.

    `level` is the level that a type word tells ("province"), `kind` that word; `within` are the
    folded names of what the text says it lies in; `belief` (0 to 1) how surely it is a place,
    `evidence` the share of it that the words around give.
    `respelled`: the features are of names spelled nearly so.
    Without `features` it is a place the gazetteer does not list.
    """

    first: int
    last: int
    key: str
    words: str
    features: tuple[Feature, ...]
    belief: float
    level: str | None = None
    kind: str = ""
    within: tuple[str, ...] = ()
    evidence: float = 0.0
    respelled: bool = False


class Finder:
    """Find the names in a parse, in text order and without overlap."""

    def __init__(self) -> None:
        self.cues = load_cues()
        self._gazetteer = Gazetteer()
        self._nations = {
            iso3: Feature(c.name, iso3, "country", c.lat, c.lon, 8_000_000)
            for iso3, c in countries().items()
        }
        self._names = country_names()
        self._demonyms = demonyms()

    def features(self, key: str) -> tuple[Feature, ...]:
        """What a folded name may mean: a country first, then the weightiest."""
        iso3 = self._names.get(key)
        found = self._gazetteer.find_folded(key)
        return found if iso3 is None else (self._nations[iso3], *found)

    def nation(self, word: str) -> Feature | None:
        """The country of an adjective or of a name of its people ("Malian", "Malians")."""
        iso3 = self._demonyms.get(word)
        return self._nations[iso3] if iso3 else None

    def mentioned(self, doc: Annotated) -> Counter[str]:
        """How often a document speaks of each country, by name or adjective; the title twice."""
        out: Counter[str] = Counter()
        words = [(t.text, 1) for t in doc.parse.tokens]
        words += [(w.strip(",.:;'’\"“”"), 2) for w in doc.document.title.split()]
        for k, (word, weight) in enumerate(words):
            if not word[:1].isupper():
                continue
            pair = f"{word} {words[k + 1][0]}" if k + 1 < len(words) else word
            for text in (pair, word):
                iso3 = self._demonyms.get(text) or self._names.get(fold(text))
                if iso3 and (len(text) > 2 or text.isupper()) and text != "Georgia":
                    out[iso3] += weight
                    break
        return out

    def find(self, doc: Annotated, mentioned: Mapping[str, float]) -> list[Name]:
        """The names that may be places."""
        view = View(doc.parse, doc.text, self.cues)
        out: list[Name] = []
        doubted: list[Name] = []
        for first, last in doc.parse.sentences:
            at, left = first, -1
            while at <= last:
                name = self._at(view, at, last, mentioned, left) if view.may_start(at) else None
                if name is not None and name.belief >= _ENOUGH:
                    out.append(name)
                    left = name.last
                elif name is not None:
                    doubted.append(name)
                at = at + 1 if name is None or name.belief < _ENOUGH else name.last + 1
        sure = {name.key for name in out}
        again = [n for n in doubted if n.key in sure and n.belief >= 0.2]
        out = _apart(sorted([*out, *again], key=lambda n: (n.first, -n.last)))
        return [self._placed(view, name, out[k + 1 : k + 3]) for k, name in enumerate(out)]

    def _at(
        self, view: View, at: int, last: int, mentioned: Mapping[str, float], left: int
    ) -> Name | None:
        """The longest name that begins at token `at` and passes, else the likeliest that fails."""
        doubted = None
        for end in range(min(last, at + _LONGEST - 1), at - 1, -1):
            if not view.may_end(end):
                continue
            words = view.words(at, end)
            key = fold(words)
            if len(key) < 3 and not words.isupper() and "." not in words:
                continue
            found = self.features(key)
            if not found or (len(key) < 3 and found[0].level != "country"):
                continue
            if view.cues.level_of(key):
                continue
            evidence = view.belief(at, end, key, found[0])
            evidence += self._surrounded(view, end, found, mentioned)
            evidence += 0.25 if left >= 0 and view.listed(left, at) else 0.0
            belief = _prominence(found[0]) + evidence
            name = self._named(view, (at, end), found, belief, evidence)
            if belief >= _ENOUGH:
                return name
            doubted = doubted or name
        return self._unlisted(view, at, last, (mentioned, left)) or doubted

    def _surrounded(
        self, view: View, end: int, found: tuple[Feature, ...], mentioned: Mapping[str, float]
    ) -> float:
        """What the dispatch's countries and a place told after the name add."""
        lands = {f.country for f in found[:12]}
        total = 0.0 if found[0].level == "country" else -0.1
        if found[0].level != "country" and any(c in mentioned for c in lands if c):
            total = 0.15
        tokens = view.tokens
        if end + 2 < len(tokens) and tokens[end + 1].text in {",", "("}:
            for stop in range(min(end + 4, len(tokens) - 1), end + 1, -1):
                after = self.features(fold(view.words(end + 2, stop)))[:3]
                if any(f.level in {"country", "adm1"} and f.country in lands for f in after):
                    return total + 0.3
        return total

    def _named(
        self,
        view: View,
        ends: tuple[int, int],
        found: tuple[Feature, ...],
        belief: float,
        evidence: float,
    ) -> Name:
        first, last = ends
        words = view.words(first, last)
        kind, end = view.kind_after(last)
        if not kind:
            kind, first = view.kind_before(first)
        level = view.cues.level_of(kind)
        return Name(first, end, fold(words), words, found, min(1.0, belief), level, kind,
                    evidence=evidence)  # fmt: skip

    def _unlisted(
        self, view: View, at: int, last: int, context: tuple[Mapping[str, float], int]
    ) -> Name | None:
        """A name that no gazetteer lists, so spelled, but the words around make a place."""
        mentioned, left = context
        if not view.is_name(at) or (at and view.is_name(at - 1)):
            return None
        end = spread(view.tokens, at, last, _INNER)
        kind, stop = view.kind_after(end)
        entity = view.entity(at)
        if entity is not None and entity.label in PLACES and at <= entity.last < end:
            end = entity.last
        if kind and stop == end:
            end -= 1
        if end < at or end - at > 4:
            return None
        words = view.words(at, end)
        if len(words) < 4 or not self._plausible(view, at, end, words):
            return None
        evidence = view.belief(at, end, fold(words), None)
        evidence += 0.2 if left >= 0 and view.listed(left, at) else 0.0
        if view.tokens[min(end + 1, last)].text == "," and end + 2 <= last:
            after = self.features(fold(view.words(end + 2, end + 2)))
            evidence += 0.2 if after and after[0].weight > 100_000 else 0.0
        if view.label(at) == "PERSON" and at == end and view.led(at) >= 0.3:
            evidence += 0.2
        if evidence < (0.45 if view.label(at) in PLACES else 0.3) or not _likely(view, at, end):
            return None
        near = self._gazetteer.find_like(words, frozenset(mentioned))
        name = self._named(view, (at, end), near, max(_ENOUGH, evidence), evidence)
        return replace(name, respelled=True)

    def _plausible(self, view: View, first: int, last: int, words: str) -> bool:
        """Whether unknown words can be a place name at all: no ship, body, person with a title."""
        begin, end = view.tokens[first].text, view.tokens[last].text.lower()
        cues = view.cues
        if begin.isupper() or fold(words) in cues.common or (end in cues.common and first < last):
            return False
        if begin.lower() in cues.title | cues.direction or begin in cues.named_first:
            return False
        if end in cues.site or self.nation(begin) is not None:
            return False
        return all(t.pos != "VERB" for t in view.tokens[first : last + 1])

    def _placed(self, view: View, name: Name, following: Sequence[Name]) -> Name:
        """`name` with what the text says it lies in: "Kati, Koulikoro Region", "Gao in Mali"."""
        within = []
        at = name.last
        for other in following:
            if other.first - at > 3 or not view.joins(at, other.first):
                break
            within.append(other.key)
            at = other.last
        return replace(name, within=tuple(within)) if within else name


def _apart(names: Sequence[Name]) -> list[Name]:
    """The names without those that overlap one before."""
    out: list[Name] = []
    for name in names:
        if not out or name.first > out[-1].last:
            out.append(name)
    return out


def _likely(view: View, first: int, last: int) -> bool:
    """Whether an unknown name may be a place in spite of the tagger."""
    label = view.label(last) or view.label(first)
    if label in PLACES:
        return True
    if view.inside_longer(first, last):
        return False
    if label == "PERSON":
        return first == last and view.led(first) >= 0.3
    return view.led(first) >= 0.3 or bool(view.kind_after(last)[0])


def _prominence(best: Feature) -> float:
    """How far the name alone speaks for a place."""
    if best.level == "country":
        return 0.75
    if best.level in {"region", "sea", "site", "border", "adm1"}:
        return 0.6
    steps = ((1_000_000, 0.6), (200_000, 0.5), (50_000, 0.4), (5_000, 0.3))
    return next((x for least, x in steps if best.weight >= least), 0.25)
