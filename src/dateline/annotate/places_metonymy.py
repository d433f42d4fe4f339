"""Names that stand for a government or people, not for a place: "Paris said", "talks with Iran"."""

from dateline.annotate.places_scene import Scene, Told
from dateline.knowledge.geography import countries, fold
from dateline.model import Place, Token


def is_metonymic(scene: Scene, told: Told) -> bool:
    """Whether a country or capital acts or is acted on here, rather than being where things are.

    So it does before a noun that is no piece of ground ("US troops", but not "the Mali border").
    """
    return _stands_for(told.mention.place) and _acts(scene, scene.tokens[told.mention.head])


def _stands_for(place: Place) -> bool:
    if place.level == "country":
        return True
    known = countries().get(place.country or "")
    seat = known is not None and fold(known.capital).startswith(fold(place.name))
    return seat and place.level == "town"


def _acts(scene: Scene, token: Token) -> bool:
    head = scene.tokens[token.head]
    if token.dep in {"compound", "nmod", "amod", "poss"}:
        return head.pos in {"NOUN", "PROPN"} and not scene.is_ground(head)
    if token.dep == "nsubj":
        return head.pos in {"VERB", "AUX"} and head.lemma not in scene.cues.stative
    if token.dep in {"dobj", "nsubjpass", "dative"}:
        return head.lemma in scene.cues.addressed
    if token.dep == "pobj":
        return head.dep == "agent" or _party(scene, head)
    return token.dep == "conj" and head.i < token.i and _acts(scene, head)


def _party(scene: Scene, prep: Token) -> bool:
    """As in "talks with Iran", "the government of Mali"."""
    governor = scene.tokens[prep.head].lemma.lower()
    if prep.text == "of":
        return governor in scene.cues.ruled
    between = prep.text.lower() in {"with", "between", "against", "to", "on"}
    return between and governor in scene.cues.relation
