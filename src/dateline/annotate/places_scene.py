"""A document with its resolved place names, as the rules for phrases see it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.annotate.places_cues import Cues
from dateline.annotate.places_names import Lexicon, Name
from dateline.annotate.places_view import View
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
_GROUND = frozenset({"capital", "island", "islands", "desert", "peninsula", "side", "valley"})
_BACK = 400  # tokens looked back in a sentence, which may be a whole text
_SCENES = frozenset({"town", "adm1", "adm2", "site"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Told:
    """A name and the mention it became."""

    name: Name
    mention: PlaceMention


def _main(told: Sequence[Told], mentioned: Mapping[str, float]) -> str | None:
    """The country most of the dispatch takes place in: its towns and divisions count double.

    Capitals do not, since they stand for their government as often as for a place.
    """
    weight = Counter(mentioned)
    for t in told:
        place = t.mention.place
        if place.country and place.level in _SCENES and not t.mention.found_by.endswith("unlisted"):
            capital = countries()[place.country].capital
            weight[place.country] += 0 if fold(place.name) == fold(capital) else 2
    return max(weight, key=lambda c: (weight[c], c), default=None)


class Scene:
    """The tokens of a document, the names that begin and end at them, its main country."""

    def __init__(
        self,
        doc: Annotated,
        view: View,
        told: Sequence[Told],
        lexicon: Lexicon,
        mentioned: Mapping[str, float],
    ) -> None:
        self.doc, self.parse, self.tokens = doc, doc.parse, doc.parse.tokens
        self.texts = view.texts
        self.lowers = [x.lower() for x in view.texts]
        self.cues: Cues = lexicon.cues
        self._lexicon = lexicon
        self.told = told
        self.starting = {t.name.first: t for t in told}
        self.ending = {t.name.last: t for t in told}
        self.main = _main(told, mentioned)
        self.last: dict[str, PlaceMention] = {}
        self._here: dict[int, list[PlaceMention]] = {}
        for t in told:
            self._here.setdefault(self.tokens[t.name.first].sentence, []).append(t.mention)

    def in_sentence(self, sentence: int) -> list[PlaceMention]:
        """The names of a sentence, in text order."""
        return self._here.get(sentence, [])

    def lower(self, at: int) -> str:
        """The lower-case text of token `at`; empty outside the document."""
        return self.lowers[at] if 0 <= at < len(self.lowers) else ""

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

    def is_ground(self, token: Token) -> bool:
        """Whether a noun names a piece of ground: a site, an area, a border."""
        word = token.text.lower()
        cues = self.cues
        if word in cues.direction or word in _GROUND:
            return True
        return word in cues.site or word in cues.soil or word in cues.part or word in cues.levels

    def within(self, token: Token) -> bool:
        """As `located`, by a preposition that can mean nothing but place."""
        head = self.tokens[token.head]
        return self.located(token) and (token.dep != "pobj" or head.text.lower() in AT | {"on"})

    def nation(self, at: int) -> PlaceMention | None:
        """The country of the adjective at token `at` ("Malian")."""
        found = self._lexicon.nation(self.tokens[at].text) if at >= 0 else None
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
        for feature in self._lexicon.features(fold(known.capital)):
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
            near = self._lands_before(sentence, token.i)
            if near:
                return self.country(self.main if self.main in near else near[0])
        return self.country(self.main)

    def around(self, token: Token) -> PlaceMention | None:
        """The country that "the north" is part of: the main one, or one just told by name."""
        first, _ = self.parse.sentence(token.i)
        near = [
            told.mention.place.country
            for i in range(max(first, token.i - _BACK), token.i)
            if (told := self.starting.get(i)) is not None and told.mention.place.country
        ]
        return self.country(near[0] if near and self.main not in near else self.main)

    def _lands_before(self, sentence: int, end: int) -> list[str]:
        """Codes of the countries told in a sentence before token `end`, also by an adjective."""
        if sentence < 0:
            return []
        first, last = self.parse.sentences[sentence]
        out = []
        for i in range(max(first, end - _BACK), min(last + 1, end)):
            told = self.starting.get(i)
            if told is not None and told.mention.place.country:
                out.append(told.mention.place.country)
            elif self.texts[i][:1].isupper() and (nation := self._lexicon.nation(self.texts[i])):
                out.append(nation.country or "")
        return out
