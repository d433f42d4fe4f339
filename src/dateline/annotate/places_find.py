"""Find place names: what the gazetteer knows, kept where the words around allow a place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.annotate.places_names import NATION, Lexicon, Name, contains
from dateline.annotate.places_view import LONGEST, PLACES, TIMES, View, spread
from dateline.knowledge.geography import Feature, abbreviations, fold
from dateline.model import Span

_ENOUGH = 0.5  # the belief from which a name is taken for a place
_DOUBTED = 0.2  # and from which it is where the same name is one elsewhere
_HINTS = frozenset({",", "(", "in", "near", "and", "or"})
_INNER = frozenset({"de", "da", "do", "du", "la", "le", "el", "al", "the"})


class Finder:
    """Find the names in a parse, in text order and without overlap."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._cues = lexicon.cues
        self._shorts = frozenset(abbreviations())

    def find(self, view: View, mentioned: Mapping[str, float]) -> list[Name]:
        """The names that may be places."""
        out: list[Name] = []
        doubted: list[Name] = []
        done = -1
        for at in view.starts():
            if at <= done:
                continue
            last = view.parse.sentence(at)[1]
            left = out[-1].last if out and view.listed(out[-1].last, at) else -1
            name = self._at(view, at, last, (mentioned, left))
            if name is not None and name.belief >= _ENOUGH:
                out.append(name)
                done = name.last
            elif name is not None:
                doubted.append(name)
        sure = {name.key for name in out}
        again = [n for n in doubted if n.key in sure and self._again(view, n)]
        out = _apart(sorted([*out, *again], key=lambda n: (n.first, -n.last)))
        return _nested(view, out)

    def _again(self, view: View, name: Name) -> bool:
        """Whether a name that is sure elsewhere may be meant here, too: not in a longer name."""
        after = name.last + 1
        longer = after < len(view.texts) and view.is_name(after) and name.tag not in PLACES
        return not longer

    def given(
        self, view: View, spans: Sequence[Span], text: str, found: Sequence[Name]
    ) -> list[Name]:
        """The names that a person or another program has marked, in the order given.

        After them come those of the names found that are not among them.
        """
        marked = [self._given(view, span, text) for span in spans]
        inside = {i for name in marked for i in range(name.first, name.last + 1)}
        names = [*marked, *(n for n in found if not inside.intersection((n.first, n.last)))]
        order = sorted(range(len(names)), key=lambda k: (names[k].first, names[k].last))
        for at, name in zip(order, _nested(view, [names[k] for k in order]), strict=True):
            names[at] = name
        return names

    def _given(self, view: View, span: Span, text: str) -> Name:
        inside = view.parse.tokens_in(span) or (max(0, view.parse.token_at(span.start)),)
        words = span.of(text)
        ends = inside[0], inside[-1]
        name = self._named(view, ends, self._lexicon.meanings(words), 1.0, 1.0)
        return replace(name, first=ends[0], last=ends[1], key=fold(words), words=words, given=True)

    def _at(
        self, view: View, at: int, last: int, context: tuple[Mapping[str, float], int]
    ) -> Name | None:
        """The longest name that begins at token `at` and passes, else the likeliest that fails."""
        mentioned, left = context
        doubted = None
        for end in view.ends(at, last):
            words = view.words(at, end)
            if words in self._shorts and (short := self._shortened(view, at, end, words)):
                return short
            key = fold(words)
            if len(key) < 3 and not words.isupper() and "." not in words:
                continue
            found = self._lexicon.features(key)
            if not found or (len(key) < 3 and found[0].weight != NATION):
                continue
            if view.cues.level_of(key):
                continue
            evidence = view.belief(at, end, key, found[0])
            evidence += self._surrounded(view, end, found, mentioned)
            evidence += 0.3 if left >= 0 else 0.0
            belief = _prominence(found[0]) + evidence
            if 0.3 <= belief < _ENOUGH and self._heads_list(view, end, last, mentioned):
                belief, evidence = belief + 0.2, evidence + 0.2
            if belief >= _ENOUGH:
                return self._named(view, (at, end), found, belief, evidence)
            if doubted is None and belief >= _DOUBTED:
                doubted = self._named(view, (at, end), found, belief, evidence)
        return self._unlisted(view, at, last, context) or doubted

    def _shortened(self, view: View, at: int, end: int, words: str) -> Name | None:
        """A division in short: "N.J."; "Nev." and "TX" only after another name and a comma."""
        found = self._lexicon.short(words)
        if found is None:
            return None
        after = at > 1 and view.texts[at - 1] == "," and view.capital[at - 2]
        if not after and words.count(".") < 2 and len(words) != 3:
            return None
        return Name(at, end, fold(found.name), words, (found,), 0.9, evidence=0.5,
                    tag=view.label(at))  # fmt: skip

    def _surrounded(
        self, view: View, end: int, found: tuple[Feature, ...], mentioned: Mapping[str, float]
    ) -> float:
        """What the dispatch's countries and a place told after the name add."""
        lands = {f.country for f in found[:12]}
        total = 0.0 if found[0].weight == NATION else -0.1
        if found[0].weight != NATION and any(c in mentioned for c in lands if c):
            total = 0.15
        tokens = view.tokens
        if end + 2 < len(tokens) and tokens[end + 1].text in {",", "("}:
            for stop in range(min(end + 4, len(tokens) - 1), end + 1, -1):
                after = self._lexicon.features(fold(view.words(end + 2, stop)))[:3]
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
                    evidence=evidence, tag=view.label(ends[0]))  # fmt: skip

    def _unlisted(
        self, view: View, at: int, last: int, context: tuple[Mapping[str, float], int]
    ) -> Name | None:
        """A name that no gazetteer lists, so spelled, but the words around make a place."""
        mentioned, left = context
        if not view.is_name(at) or (at and view.is_name(at - 1)):
            return None
        if left < 0 and view.label(at) not in PLACES and not self._hinted(view, at, last):
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
        evidence += 0.25 if left >= 0 else 0.0
        evidence += 0.25 if self._leads_in(view, end, last) else 0.0
        evidence += 0.2 if self._heads_list(view, end, last, mentioned) else 0.0
        if view.label(at) == "PERSON" and view.led(at) >= 0.3:
            evidence += 0.2 if at == end else 0.1
        if evidence < (0.45 if view.label(at) in PLACES else 0.3) or not _likely(
            view, at, end, evidence
        ):
            return None
        near = self._lexicon.gazetteer.find_like(words, frozenset(mentioned))
        name = self._named(view, (at, end), near, max(_ENOUGH, evidence), evidence)
        return replace(name, respelled=True)

    def _hinted(self, view: View, at: int, last: int) -> bool:
        """Whether anything around may speak for an unknown name: a quick look."""
        if view.led(at) > 0:
            return True
        entity = view.entity(at)
        if entity is not None and (entity.label in TIMES or entity.last > entity.first):
            return False
        around = view.texts[at + 1 : min(last, at + LONGEST) + 1]
        return any(x in _HINTS or x in self._cues.office or self._cues.level_of(x) for x in around)

    def _leads_in(self, view: View, end: int, last: int) -> bool:
        """Whether a place follows in which the name lies: "Yuai in Jonglei State"."""
        at = end + 1
        while at <= min(last, end + 3) and view.texts[at] in {",", "(", "in", "near", "the"}:
            at += 1
        if at == end + 1 or at > last or not view.capital[at]:
            return False
        return any(
            view.kind_after(stop)[1] > stop or self._is_known(view.words(at, stop))
            for stop in view.ends(at, last)
        )

    def _is_known(self, words: str) -> bool:
        found = self._lexicon.features(fold(words))
        return any(f.weight > 100_000 for f in found[:2])

    def _heads_list(self, view: View, end: int, last: int, spoken: Mapping[str, float]) -> bool:
        """Whether a place in one of the countries spoken of follows in a list: "Gossi and Gao"."""
        at = end + 1
        while at <= min(last, end + 3) and view.texts[at] in {",", "and", "or"}:
            at += 1
        if at == end + 1 or at > last or not view.capital[at]:
            return False
        found = self._lexicon.features(fold(view.texts[at]))[:3]
        return any(f.level != "country" and f.country in spoken for f in found)

    def _plausible(self, view: View, first: int, last: int, words: str) -> bool:
        """Whether unknown words can be a place name at all: no ship, body, person with a title."""
        begin, end = view.tokens[first].text, view.tokens[last].text.lower()
        cues = self._cues
        if begin.isupper() or fold(words) in cues.common or (end in cues.common and first < last):
            return False
        if (
            begin.lower() in cues.title
            or begin.lower() in cues.direction
            or begin in cues.named_first
        ):
            return False
        if _ends_name(view, first):
            return False
        if end in cues.site or self._lexicon.nation(begin) is not None:
            return False
        return all(t.pos != "VERB" for t in view.tokens[first : last + 1])


def _nested(view: View, names: Sequence[Name]) -> list[Name]:
    """The names with what the text says each lies in: "Kati, Koulikoro Region", "Gao in Mali"."""
    out = list(names)
    for k, name in enumerate(names):
        within = []
        at = name.last
        for number in range(k + 1, min(k + 3, len(names))):
            other = names[number]
            if not 0 < other.first - at <= 3 or not view.joins(at, other.first):
                break
            within.append(other.key)
            if any(contains(other.key, f) for f in name.features[:40]):
                out[number] = replace(out[number], holder=True)
            at = other.last
        if within:
            out[k] = replace(out[k], within=tuple(within))
    return out


def _apart(names: Sequence[Name]) -> list[Name]:
    """The names without those that overlap one before."""
    out: list[Name] = []
    for name in names:
        if not out or name.first > out[-1].last:
            out.append(name)
    return out


def _ends_name(view: View, first: int) -> bool:
    """Whether the words go on a name: "the Islamic State in the Greater Sahara"."""
    at = first - 1
    at -= at >= 0 and view.texts[at] == "the"
    return at > 0 and view.texts[at] in {"in", "of"} and view.is_name(at - 1)


def _likely(view: View, first: int, last: int, evidence: float) -> bool:
    """Whether an unknown name may be a place in spite of the tagger."""
    label = view.label(last) or view.label(first)
    if label in PLACES:
        return True
    if view.inside_longer(first, last):
        return False
    if label == "PERSON":
        return evidence >= (0.3 if first == last else 0.4)
    return evidence >= 0.3 or bool(view.kind_after(last)[0])


def _prominence(best: Feature) -> float:
    """How far the name alone speaks for a place."""
    if best.weight == NATION:
        return 0.75
    if best.level in {"region", "sea", "site", "border", "adm1"}:
        return 0.6
    steps = ((1_000_000, 0.6), (200_000, 0.5), (50_000, 0.4), (5_000, 0.3))
    return next((x for least, x in steps if best.weight >= least), 0.25)
