"""What may fill the slots of an event: parties, places, times, figures and sources around it."""

from dataclasses import replace

from dateline.extract.scene import Scene
from dateline.model import (
    Annotation,
    Attribution,
    EntityMention,
    PlaceMention,
    Quantity,
    Span,
    TimeExpression,
)

_REACH = 2  # sentences back in which an unnamed participant is looked for
_FIGURES = frozenset({"toll", "count", "figure", "estimate", "number", "total"})
_EARLIER = frozenset({"early", "earlier", "previous", "prior", "former"})
_LATER = 3  # sentences after an event in which it is claimed or denied
_LASTING = frozenset({"claims-responsibility", "denies"})
_WIDE = 4  # sentences back in which a place or time is looked for


def parties(scene: Scene, at: int) -> list[EntityMention]:
    """Who may take part in the event at a trigger."""
    return [*near_parties(scene, at), *far_parties(scene, at)]


def near_parties(scene: Scene, at: int) -> list[EntityMention]:
    """The parties of a trigger's sentence."""
    return [
        _named(scene, e)
        for e in scene.entities_in.get(scene.sentence(at), ())
        if e.head != at and not _renames(scene, e)
    ]


def far_parties(scene: Scene, at: int) -> list[EntityMention]:
    """Those not named in a trigger's sentence: who says it, and who was told of just before."""
    number = scene.sentence(at)
    known = {e.party.name for e in near_parties(scene, at)}
    out = [e for e in speakers(scene, at) if scene.sentence(e.head) != number]
    known.update(e.party.name for e in out)
    for back in range(1, _REACH + 1):
        for entity in scene.entities_in.get(number - back, ()):
            pronoun = scene.parse.tokens[entity.head].pos == "PRON"
            if entity.party.name not in known and not pronoun:
                known.add(entity.party.name)
                out.append(entity)
    return out


def speakers(scene: Scene, at: int) -> list[EntityMention]:
    """The parties that the words around a trigger are ascribed to."""
    start = scene.parse.tokens[at].start
    said = [
        a.source
        for a in scene.attributions
        if a.source and any(s.start <= start < s.end for s in a.content)
    ]
    heads = {scene.parse.head_of(source) for source in said}
    return [scene.entity_at[head] for head in sorted(heads) if head in scene.entity_at]


def _renames(scene: Scene, entity: EntityMention) -> bool:
    """Whether a mention only says again who the noun before it is ("Mr Tan, the minister")."""
    token = scene.parse.tokens[scene.first_conjunct(entity.head)]
    return token.dep == "appos" and token.head in scene.entity_at


def _named(scene: Scene, entity: EntityMention) -> EntityMention:
    """The party under its name where an apposition gives it ("a third minister, Mr Tan")."""
    if entity.known or entity.kind == "person":
        return entity
    for i in scene.parse.children(entity.head, "appos"):
        name = scene.entity_at.get(i)
        if name is not None and (name.known or name.kind == "person"):
            return replace(name, head=entity.head)
    return entity


def places(scene: Scene, at: int) -> list[PlaceMention]:
    """Where it may have happened: places of the sentence, of those before, and the first of all."""
    number = scene.sentence(at)
    out = list(scene.places_in.get(number, ()))
    for back in range(1, _WIDE + 1):
        out += scene.places_in.get(number - back, ())
    first = min(
        (p for found in scene.places_in.values() for p in found), key=lambda p: p.span, default=None
    )
    return out if first is None or first in out else [*out, first]


def times(scene: Scene, at: int) -> list[TimeExpression]:
    """When it may have happened: dated expressions of the sentence and of those before it."""
    number = scene.sentence(at)
    found = [scene.times_in.get(number - back, ()) for back in range(_WIDE + 1)]
    return [time for some in found for time in some if time.start is not None]


def quantities(scene: Scene, at: int) -> list[Quantity]:
    """What may be counted of it: the quantities of the sentence, without outdated tolls."""
    found = scene.quantities_in.get(scene.sentence(at), ())
    return [q for q in found if not _outdated(scene, q)]


def _outdated(scene: Scene, quantity: Quantity) -> bool:
    """Whether a figure is only told to be no longer right ("revising an earlier toll of 17")."""
    tokens = scene.parse.tokens
    over = tokens[tokens[scene.first_conjunct(quantity.head)].head]
    above = tokens[over.head]
    if over.lemma != "of" or above.lemma not in _FIGURES:
        return False
    return any(tokens[i].lemma in _EARLIER for i in scene.parse.children(above.i, "amod"))


def sources(scene: Scene, at: int) -> list[Attribution]:
    """Who may vouch for it: attributions that cover the trigger or stand near it.

    Who claims or denies an act may do so some sentences later.
    """
    number, start = scene.sentence(at), scene.parse.tokens[at].start
    near = [a for back in (0, -1, 1) for a in scene.attributions_in.get(number - back, ())]
    near += [
        a
        for later in range(2, _LATER + 1)
        for a in scene.attributions_in.get(number + later, ())
        if a.stance in _LASTING
    ]
    wide = [
        a
        for a in scene.attributions
        if a not in near and any(s.start <= start < s.end for s in a.content)
    ]
    return [a for a in (*near, *wide) if a.source is not None]


def told_at(scene: Scene, item: Annotation) -> int:
    """The token that heads a candidate's words: of an attribution, those of the source."""
    if isinstance(item, Attribution) and item.source is not None:
        return max(scene.parse.head_of(item.source), 0)
    return scene.head(item)


def name_of(scene: Scene, span: Span) -> str:
    """The canonical name of the party that a source's words name, else the words."""
    tokens, head = scene.parse.tokens, scene.parse.head_of(span)
    inside = [
        entity
        for entity in scene.entities_in.get(scene.sentence(head), ())
        if span.start <= tokens[entity.head].start < span.end
    ]
    inside.sort(key=lambda e: e.head != head)
    return inside[0].party.name if inside else span.of(scene.doc.text)
