"""Sites: "Kandahar airport", "the Al Noor Mosque", "a hospital in Gao", "Camp Hurriya"."""

from collections.abc import Iterator

from dateline.annotate.places_scene import POSSESSIVE, Scene
from dateline.model import Place, PlaceMention, Token

_DASHES = frozenset({"-", "–"})
_MODIFIERS = frozenset({"PROPN", "NOUN", "ADJ"})
_LINKS = frozenset({"de", "du", "des", "la", "le", "l'", "l’", "al", "el", "-"})
_JUST = frozenset({"local", "same", "other", "nearby", "own", "new", "such", "several", "many"})


def sites(scene: Scene, token: Token) -> Iterator[PlaceMention]:
    """The site whose head noun this token is, if the words name one or put something there."""
    word = token.text.lower()
    if word in scene.cues.site and token.pos in {"NOUN", "PROPN"} and not _inner(scene, token):
        yield from _headed(scene, token)
    elif token.text in scene.cues.named_first:
        yield from _camp(scene, token)


def _inner(scene: Scene, token: Token) -> bool:
    """Whether this is no site's head: "hospital" in "hospital complex", "mine" in "land mine"."""
    if scene.lower(token.i - 1) in {"land", "personnel", "sea"}:
        return True
    after = token.i + 1
    return token.dep == "compound" and scene.lower(after) in scene.cues.site


def _headed(scene: Scene, token: Token) -> Iterator[PlaceMention]:
    first = _begin(scene, token)
    tokens = scene.tokens
    proper = [i for i in range(first, token.i) if tokens[i].pos == "PROPN" and _capital(scene, i)]
    last = _end(scene, token)
    loose = token.text.lower() in scene.cues.institution and token.ent != "FAC"
    located = scene.within(token) if loose else scene.located(token)
    if loose and token.dep == "compound":
        return
    if proper or last > token.i:
        first = _named_from(scene, first, token.i)
        if loose and not located:
            return
        yield _mention(scene, (first, token.i, last), "places/sites#named", 0.7)
    elif located and _told_of(scene, token, first):
        yield _mention(scene, (first, token.i, last), "places/sites#described", 0.4)


def _told_of(scene: Scene, token: Token, first: int) -> bool:
    """Whether a common noun stands for one site: "the school", not "in prison"."""
    if first < token.i or token.text.lower().endswith("s"):
        return True
    return bool(scene.parse.children(token.i, "det", "poss", "nummod", "amod", "compound"))


def _begin(scene: Scene, token: Token) -> int:
    """Where the modifiers of a site noun begin."""
    first, tokens = token.i, scene.tokens
    while first > 0 and tokens[first - 1].sentence == token.sentence:
        before = tokens[first - 1]
        word = before.text
        fits = (
            before.pos in _MODIFIERS
            or word in _DASHES
            or (word in POSSESSIVE and first > 1 and _capital(scene, first - 2))
        )
        if not fits or word.lower() in _JUST or scene.lower(first - 1) in scene.cues.direction:
            break
        first -= 1
    while first < token.i and not tokens[first].text[:1].isalnum():
        first += 1
    return first


def _named_from(scene: Scene, first: int, last: int) -> int:
    """The first capitalised word of a named site: "tank", "museum" and the like stay out."""
    while first < last and not _capital(scene, first):
        first += 1
    return first


def _end(scene: Scene, token: Token) -> int:
    """The last token of a name that goes on with "of" ("House of Commons")."""
    at = token.i
    if not (_capital(scene, at) and scene.lower(at + 1) == "of" and at + 2 < len(scene.tokens)):
        return at
    end = at + 2
    if not _capital(scene, end) or end in scene.starting:
        return at
    while end + 1 < len(scene.tokens) and _capital(scene, end + 1):
        end += 1
    return end


def _capital(scene: Scene, at: int) -> bool:
    return scene.tokens[at].text[:1].isupper()


def _camp(scene: Scene, token: Token) -> Iterator[PlaceMention]:
    """A type word before a name: "Camp Hurriya", "Mount Kenya", "Stade de l'Amitié"."""
    last = at = token.i
    while at + 1 < len(scene.tokens) and scene.tokens[at + 1].sentence == token.sentence:
        at += 1
        text = scene.texts[at]
        if (text[:1].isupper() and scene.tokens[at].pos == "PROPN") or _elided(text):
            last = at
        elif scene.lower(at) not in _LINKS:
            break
    if last > token.i and token.i not in scene.starting:
        yield _mention(scene, (token.i, last, last), "places/sites#named", 0.6)


def _elided(text: str) -> bool:
    """As in "l'Amitié", one token with its French article."""
    return text[:2].lower() in {"l'", "l’", "d'", "d’"} and text[2:3].isupper()


def _mention(scene: Scene, tokens: tuple[int, int, int], rule: str, score: float) -> PlaceMention:
    """The mention of a site; `tokens` are its first, its head and its last one."""
    first, head, last = tokens
    span = scene.parse.span(first, last)
    where = _where(scene, head, first)
    if where is None:
        place = Place(span.of(scene.doc.text), _country(scene, scene.tokens[head]), "site")
    else:
        exact = where.level in {"town", "site", "adm2"}
        lat, lon = (where.lat, where.lon) if exact else (None, None)
        place = Place(span.of(scene.doc.text), where.country, "site", lat, lon, admin1=where.admin1)
    return PlaceMention(span, rule, head, place, score)


def _where(scene: Scene, head: int, first: int) -> Place | None:
    """The place named inside a site's name, or told after it ("the airport in Khartoum")."""
    for k in range(first, head + 1):
        told = scene.starting.get(k)
        if told is not None:
            return told.mention.place
    for prep in scene.parse.children(head, "prep"):
        for pobj in scene.parse.children(prep, "pobj"):
            told = scene.ending.get(pobj)
            if told is not None:
                return told.mention.place
    near = scene.in_sentence(scene.tokens[head].sentence)
    towns = [m.place for m in near if m.place.level == "town" and not _seat(scene, m)]
    return towns[0] if len(towns) == 1 else None


def _seat(scene: Scene, mention: PlaceMention) -> bool:
    """Whether a town tells where some body sits ("the ministry in Berlin"), and no more."""
    prep = scene.tokens[scene.tokens[mention.head].head]
    noun = scene.tokens[prep.head]
    return prep.dep == "prep" and noun.pos in {"NOUN", "PROPN"} and noun.dep == "nsubj"


def _country(scene: Scene, token: Token) -> str | None:
    """The country told in the sentence, else the dispatch's main one."""
    here = scene.in_sentence(token.sentence)
    return next((m.place.country for m in here if m.place.country), scene.main)
