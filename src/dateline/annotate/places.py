"""Places: find place names, tell which place each means, and read the phrases built on them."""

from collections.abc import Iterable, Iterator, Sequence

from dateline.annotate.places_find import Finder, Name
from dateline.annotate.places_phrases import phrases
from dateline.annotate.places_resolve import resolve
from dateline.annotate.places_scene import Told
from dateline.knowledge.geography import Feature
from dateline.model import Annotated, Annotation, Place, PlaceMention, Sentence


class Places:
    """Mark the places of each document: names, and phrases such as "northern Mali"."""

    name = "places"
    reads: tuple[type[Annotation], ...] = (Sentence,)
    writes = PlaceMention

    def __init__(self) -> None:
        self._finder = Finder()

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[Iterable[PlaceMention]]:
        """The place mentions of each document, in text order, none inside another."""
        for doc in docs:
            yield self._read(doc)

    def _read(self, doc: Annotated) -> list[PlaceMention]:
        if not doc.parse.tokens:
            return []
        mentioned = self._finder.mentioned(doc)
        names = self._finder.find(doc, mentioned)
        senses = resolve(names, mentioned)
        told = [
            Told(name, mention(doc, name, *sense))
            for name, sense in zip(names, senses, strict=True)
            if sense is not None
        ]
        return phrases(doc, told, self._finder, mentioned)


def mention(doc: Annotated, name: Name, feature: Feature, score: float) -> PlaceMention:
    """The annotation of a resolved name."""
    span = doc.parse.span(name.first, name.last)
    kind = name.kind if feature.level == name.level and not name.kind.endswith("s") else ""
    rule = "places/gazetteer#name" if feature.weight else "places/gazetteer#unlisted"
    return PlaceMention(span, rule, doc.parse.head_of(span), place(feature, kind), score)


def place(feature: Feature, kind: str = "") -> Place:
    """The value of a feature, the type word that the text gives a division in its name."""
    name = feature.name
    if kind and feature.level in {"adm1", "adm2"} and kind.lower() not in name.lower().split():
        name = f"{name} {kind.capitalize()}"
    return Place(
        name, feature.country, feature.level, feature.lat, feature.lon,
        feature.admin1, feature.geonames,
    )  # fmt: skip
