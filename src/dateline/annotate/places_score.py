"""How likely a resolved name is right: a logistic score, fitted by scripts/fit_place_score.py."""

import math
from functools import lru_cache

from dateline.annotate.places_names import NATION, Name
from dateline.annotate.places_resolve import Sense
from dateline.annotate.places_view import PLACES
from dateline.knowledge.loader import read

PATH = "gazetteer/score.yaml"


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The fitted weight of each feature."""
    return {str(k): float(v) for k, v in read(PATH)["weights"].items()}


def features(name: Name, sense: Sense) -> dict[str, float]:
    """What speaks for and against a reading."""
    place = sense.feature
    return {
        "always": 1.0,
        "belief": min(1.2, name.belief),
        "lead": min(1.0, max(0.0, sense.lead)),
        "alone": float(sense.rivals == 0),
        "country": float(place.weight == NATION),
        "division": float(place.level in {"adm1", "adm2"}),
        "region": float(place.level in {"region", "sea"}),
        "size": math.log10(max(100, min(place.weight, 10_000_000))) / 7,
        "told": float(bool(name.within) or name.holder),
        "kind": float(name.level is not None),
        "place": float(name.tag in PLACES),
        "person": float(name.tag == "PERSON"),
        "other": float(bool(name.tag) and name.tag not in PLACES and name.tag != "PERSON"),
        "unlisted": float(not sense.listed),
    }


def score(name: Name, sense: Sense) -> float:
    """The probability that the words name this place."""
    learned = weights()
    total = sum(learned.get(k, 0.0) * x for k, x in features(name, sense).items())
    return round(1.0 / (1.0 + math.exp(-total)), 3)
