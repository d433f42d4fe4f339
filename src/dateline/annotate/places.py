"""Places: find place names, tell which place each means, and read the phrases built on them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dateline.annotate.places_find import Finder
from dateline.annotate.places_names import Lexicon, Name
from dateline.annotate.places_phrases import phrases
from dateline.annotate.places_resolve import Sense, mentioned, resolve
from dateline.annotate.places_scene import Scene, Told
from dateline.annotate.places_score import score
from dateline.annotate.places_view import View
from dateline.knowledge.geography import Feature
from dateline.model import Annotated, Annotation, Place, PlaceMention, Sentence, Span


class Places:
    """Mark the places of each document: names, and phrases such as "northern Mali".

    `extra` names gazetteer files of the user's own, whose entries come before those shipped.
    """

    name = "places"
    reads: tuple[type[Annotation], ...] = (Sentence,)
    writes = PlaceMention

    def __init__(self, extra: tuple[str, ...] = ()) -> None:
        self._lexicon = Lexicon(extra)
        self._finder = Finder(self._lexicon)

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[Iterable[PlaceMention]]:
        """The place mentions of each document, in text order, none inside another."""
        for doc in docs:
            yield self._read(doc)

    def _read(self, doc: Annotated) -> list[PlaceMention]:
        if not doc.parse.tokens:
            return []
        view = View(doc.parse, doc.text, self._lexicon.cues)
        spoken = mentioned(view, doc.document.title, self._lexicon)
        told = [Told(name, mention(doc, name, sense)) for name, sense in self._senses(view, spoken)]
        return phrases(Scene(doc, view, told, self._lexicon, spoken))

    def senses(self, doc: Annotated) -> list[tuple[Name, Sense]]:
        """The names found and what each means, before phrases are built on them."""
        view = View(doc.parse, doc.text, self._lexicon.cues)
        return self._senses(view, mentioned(view, doc.document.title, self._lexicon))

    def _senses(self, view: View, spoken: Mapping[str, float]) -> list[tuple[Name, Sense]]:
        names = self._finder.find(view, spoken)
        pairs = zip(names, resolve(names, spoken), strict=True)
        return [(name, sense) for name, sense in pairs if sense is not None]

    def resolved(self, doc: Annotated, spans: Sequence[Span]) -> list[PlaceMention | None]:
        """What names marked beforehand mean, one for each span.

        For texts in which a person or another program has marked the place names; a name that no
        gazetteer lists gives a place without a point.
        """
        view = View(doc.parse, doc.text, self._lexicon.cues)
        spoken = mentioned(view, doc.document.title, self._lexicon)
        names = self._finder.given(view, spans, doc.text, self._finder.find(view, spoken))
        return [
            replace(mention(doc, name, sense), span=span) if sense is not None else None
            for span, name, sense in zip(spans, names, resolve(names, spoken), strict=False)
        ]

    def readings(self, name: str) -> list[Place]:
        """Every place that a name may mean, the weightiest first."""
        return [place(feature) for feature in self._lexicon.meanings(name)]


def mention(doc: Annotated, name: Name, sense: Sense) -> PlaceMention:
    """The annotation of a resolved name."""
    span, feature = doc.parse.span(name.first, name.last), sense.feature
    kind = name.kind if feature.level == name.level else ""
    if span.of(doc.text).endswith(kind):  # "Gao regions", not "Gao, Kidal and Ber regions"
        kind = kind.removesuffix("s")
    rule = "places/gazetteer#name" if sense.listed else "places/gazetteer#unlisted"
    return PlaceMention(
        span, rule, doc.parse.head_of(span), place(feature, kind), score(name, sense)
    )


def place(feature: Feature, kind: str = "") -> Place:
    """The value of a feature, the type word that the text gives a division in its name."""
    name, kind = feature.name, kind.lower()
    if (
        kind
        and not kind.endswith("s")
        and feature.level in {"adm1", "adm2"}
        and kind not in name.lower().split()
    ):
        name = f"{name} {kind.capitalize()}"
    return Place(
        name, feature.country, feature.level, feature.lat, feature.lon,
        feature.admin1, feature.geonames,
    )  # fmt: skip
