"""What words may mean as names of places: the gazetteer, countries, adjectives, short forms."""

from dataclasses import dataclass

from dateline.annotate.places_cues import load_cues
from dateline.knowledge.geography import (
    Feature,
    Gazetteer,
    abbreviations,
    adjectives,
    countries,
    country_names,
    demonyms,
    fold,
)

NATION = 8_000_000  # the weight of a country among places of its name
_BEFORE = frozenset({"the", "downtown", "greater", "central", "mainland"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken for a place: its tokens, what it may mean, what the words around tell.

    `level` is the level that a type word tells ("province"), `kind` that word; `within` are the
    folded names of what the text says it lies in; `belief` (0 to 1) how surely it is a place,
    `evidence` the share of it that the words around give; `tag` the tagger's label.
    `holder`: another name is said to lie in it ("Seattle, Washington").
    `respelled`: the features are of names spelled nearly so. `given`: a person marked it.
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
    given: bool = False
    tag: str = ""
    holder: bool = False


class Lexicon:
    """The readings of names."""

    def __init__(self, extra: tuple[str, ...] = ()) -> None:
        self.cues = load_cues()
        self.gazetteer = Gazetteer(extra=extra)
        self.nations = {
            iso3: Feature(c.name, iso3, c.level, c.lat, c.lon, NATION)
            for iso3, c in countries().items()
        }
        self._names = country_names()
        self._demonyms = demonyms()
        self._short = abbreviations()
        self._adjectives = adjectives()
        self._spoken: dict[str, str | None] = {}

    def features(self, key: str) -> tuple[Feature, ...]:
        """What a folded name may mean: a country first, then the weightiest."""
        iso3 = self._names.get(key)
        found = self.gazetteer.find_folded(key)
        return found if iso3 is None else (self.nations[iso3], *found)

    def nation(self, word: str) -> Feature | None:
        """The country of an adjective or of a name of its people ("Malian", "Malians")."""
        iso3 = self._demonyms.get(word)
        return self.nations[iso3] if iso3 else None

    def spoken_of(self, words: str) -> str | None:
        """The code of the country that words name, by its name or an adjective."""
        if words not in self._spoken:
            if len(self._spoken) > 100_000:
                self._spoken.clear()
            iso3 = self._demonyms.get(words) or self._names.get(fold(words))
            fits = len(words) > 2 or words.isupper()
            self._spoken[words] = iso3 if fits and words != "Georgia" else None
        return self._spoken[words]

    def short(self, words: str) -> Feature | None:
        """The division a short form stands for ("N.J.", "Qld")."""
        name, country = self._short.get(words, ("", ""))
        found = self.gazetteer.find(name) if name else ()
        return next((f for f in found if (f.country, f.level) == (country, "adm1")), None)

    def meanings(self, words: str) -> tuple[Feature, ...]:
        """What words known to be a place name may mean, adjectives and short forms included."""
        if short := self.short(words):
            return (short, *self.features(fold(words)))
        if words in self._adjectives:
            return self.features(fold(self._adjectives[words]))[:1]
        key = fold(words)
        if nation := self.nation(words):
            return (nation, *(f for f in self.features(key) if f.level == "country"))
        found = self.features(key)
        first, _, rest = key.partition(" ")
        if not found and rest and first in _BEFORE:
            found = self.features(rest)
        rest, _, last = key.rpartition(" ")
        if not found and rest and (self.cues.level_of(last) or last in self.cues.site):
            found = self.features(rest)
        return found


def contains(key: str, feature: Feature) -> bool:
    """Whether the folded name `key` names the feature's country or first-level division."""
    if country_names().get(key) == feature.country and feature.weight != NATION:
        return True
    return (
        feature.admin1 is not None
        and feature.level != "adm1"
        and _stem(key) == _stem(fold(feature.admin1))
    )


def _stem(key: str) -> str:
    for tail in (" province", " region", " state", " governorate", " oblast"):
        key = key.removesuffix(tail)
    return key
