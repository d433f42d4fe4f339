"""A document with its resolved place names, as the rules for phrases see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.annotate.places_cues import Cues
from dateline.annotate.places_find import Finder, Name
from dateline.knowledge.geography import countries, fold
from dateline.model import Annotated, Place, PlaceMention, Span, Token

WHOLE = frozenset({"country", "nation"})
INSIDE = frozenset(
    [
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "around",
        "to",
        "from",
        "into",
        "on",
        "onto",
        "towards",
        "toward",
        "through",
        "throughout",
        "across",
        "within",
        "off",
        "leaving",
    ]
)
AT = frozenset(["in", "at", "near", "outside", "inside", "into", "around"])
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Told:
    """A name and the mention it became."""

    name: Name
    mention: PlaceMention


class Scene:
    """The tokens of a document, the names that begin and end at them, its main country."""

    def __init__(
        self, doc: Annotated, told: Sequence[Told], finder: Finder, mentioned: Mapping[str, float]
    ) -> None:
        self.doc, self.parse, self.tokens = doc, doc.parse, doc.parse.tokens
        self.cues: Cues = finder.cues
        self._finder = finder
        self.starting = {t.name.first: t for t in told}
        self.ending = {t.name.last: t for t in told}
        self.main = max(mentioned, key=lambda c: (mentioned[c], c), default=None)
        self.last: dict[str, PlaceMention] = {}
        self._here: dict[int, list[PlaceMention]] = {}
        for t in told:
            self._here.setdefault(self.tokens[t.name.first].sentence, []).append(t.mention)

    def in_sentence(self, sentence: int) -> list[PlaceMention]:
        """The names of a sentence, in text order."""
        return self._here.get(sentence, [])

    def lower(self, at: int) -> str:
        """The lower-case text of token `at`; empty outside the document."""
        return self.tokens[at].text.lower() if 0 <= at < len(self.tokens) else ""

    def located(self, token: Token) -> bool:
        """Whether the words around put something at this noun ("in …", "attacked …")."""
        head = self.tokens[token.head]
        if token.dep == "conj" and head.i < token.i:
            return self.located(head)
        if token.dep == "pobj":
            return (head.text.lower() in INSIDE and self.lower(head.i - 1) != "according") or (
                head.text == "on" and self.lower(head.i - 1) in self.cues.struck
            )
        return token.dep == "dobj" and head.lemma in self.cues.taken

    def within(self, token: Token) -> bool:
        """As `located`, by a preposition that can mean nothing but place."""
        head = self.tokens[token.head]
        return self.located(token) and (token.dep != "pobj" or head.text.lower() in AT | {"on"})

    def nation(self, at: int) -> PlaceMention | None:
        """The country of the adjective at token `at` ("Malian")."""
        found = self._finder.nation(self.tokens[at].text) if at >= 0 else None
        if found is None or found.country is None:
            return None
        return self.country(found.country, self.tokens[at].span)

    def country(self, iso3: str | None, span: Span | None = None) -> PlaceMention | None:
        """A country as if mentioned."""
        known = countries().get(iso3 or "")
        if known is None:
            return None
        place = Place(known.name, known.iso3, "country", known.lat, known.lon)
        return PlaceMention(span or Span(0, 1), "places/phrases#country", 0, place, 0.8)

    def capital(self, iso3: str | None) -> PlaceMention | None:
        """A country's capital as if mentioned."""
        known = countries().get(iso3 or "")
        if known is None or not known.capital:
            return None
        for feature in self._finder.features(fold(known.capital)):
            if feature.country == iso3 and feature.level == "town":
                place = Place(
                    feature.name, iso3, "town", feature.lat, feature.lon,
                    feature.admin1, feature.geonames,
                )  # fmt: skip
                return PlaceMention(Span(0, 1), "places/phrases#capital", 0, place, 0.8)
        return None

    def salient(self, token: Token) -> PlaceMention | None:
        """The country that "the country" means: one told just before, else the main one."""
        for sentence in (token.sentence, token.sentence - 1):
            near = self._nations_before(sentence, token.i)
            if near:
                return self.country(self.main if self.main in near else near[0])
        return self.country(self.main)

    def _nations_before(self, sentence: int, end: int) -> list[str]:
        """Codes of the countries told in a sentence before token `end`, by name or adjective."""
        if sentence < 0:
            return []
        first, last = self.parse.sentences[sentence]
        out = []
        for i in range(first, min(last + 1, end)):
            told = self.starting.get(i)
            if told is not None and told.mention.place.country:
                out.append(told.mention.place.country)
            elif self.tokens[i].text[:1].isupper() and (nation := self.nation(i)):
                out.append(nation.place.country or "")
        return out
