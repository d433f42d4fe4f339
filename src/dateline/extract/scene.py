"""One document's annotations, indexed for the questions that extraction asks."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

from dateline.extract.antecedents import resolve
from dateline.extract.authors import authored, vouched
from dateline.extract.frames import below, frame, own_functions
from dateline.extract.triggers import Hit, Triggers
from dateline.model import (
    Annotated,
    Annotation,
    Attribution,
    Cue,
    EntityMention,
    Parse,
    PlaceMention,
    Quantity,
    Span,
    TimeExpression,
)

A = TypeVar("A", bound=Annotation)
_FARTHEST = 7
_OWN = ("nsubj", "nsubjpass", "csubj", "expl", "poss", "agent", "dobj")


class Around(NamedTuple):
    """What stands around a trigger in the tree.

    `functions` – grammatical functions by token (see `frames.frame`); `filled` – those of the
    trigger's own that a party fills; `below` – functions and event type of each act below it,
    nearest first; `above` – event types of the nearest verb above; `bare` – no participant of its
    own.
    """

    functions: dict[int, str]
    filled: str
    below: list[tuple[dict[int, str], str]]
    above: str
    voice: str
    bare: bool


class Scene:
    """What stands where: annotations by sentence, trigger hits by token, paths between tokens."""

    def __init__(self, doc: Annotated, triggers: Triggers) -> None:
        self.doc = doc
        self.parse: Parse = doc.parse
        self.hits: dict[int, list[Hit]] = triggers(doc.parse)
        places = doc[PlaceMention]
        self.entities = tuple(
            e for e in resolve(doc, self.hits) if not _is_part_of_place(e, places)
        )
        self.entities_in = self._by_sentence(self.entities, heads=[e.head for e in self.entities])
        self.places_in = self._by_sentence(places, heads=[p.head for p in places])
        self.times_in = self._by_sentence(doc[TimeExpression])
        quantities = doc[Quantity]
        self.quantities_in = self._by_sentence(quantities, heads=[q.head for q in quantities])
        self.cues_in = self._by_sentence(doc[Cue])
        self.attributions = vouched(doc[Attribution], authored(doc, self.hits))
        self.attributions_in = self._by_sentence(
            [a for a in self.attributions if not a.found_by.startswith("antecedents#")]
        )
        self.place_heads = {p.head for p in places}
        self.entity_at = {e.head: e for e in self.entities}
        self._ups: dict[int, list[int]] = {}
        self._frames: dict[int, dict[int, str]] = {}
        self._around: dict[int, Around] = {}
        self._standing: dict[tuple[int, Span], tuple[bool, list[Attribution]]] = {}
        self.told_of = Counter(p.place.name for p in places)

    def _by_sentence(
        self, found: Sequence[A], heads: Sequence[int] | None = None
    ) -> dict[int, list[A]]:
        out: dict[int, list[A]] = defaultdict(list)
        for k, item in enumerate(found):
            at = heads[k] if heads is not None else self.parse.token_at(item.span.start)
            if 0 <= at < len(self.parse.tokens):
                out[self.parse.tokens[at].sentence].append(item)
        return out

    def head(self, item: Annotation) -> int:
        """The token that heads an annotation's words."""
        head = getattr(item, "head", None)
        return head if isinstance(head, int) else max(self.parse.head_of(item.span), 0)

    @cached_property
    def heads(self) -> frozenset[int]:
        """The tokens that head what may fill a slot: parties, places, times and quantities."""
        layers: tuple[type[Annotation], ...] = (PlaceMention, TimeExpression, Quantity)
        found = (item for layer in layers for item in self.doc[layer])
        return frozenset((*self.entity_at, *map(self.head, found)))

    def sentence(self, at: int) -> int:
        """The number of the sentence of a token."""
        return self.parse.tokens[at].sentence

    def path(self, start: int, goal: int) -> str:
        """The way through the tree: "^conj >nsubj" goes up a conj arc and down to a subject.

        Prepositions are named (">prep:against >pobj"); "far" beyond seven arcs, "apart" between
        sentences.
        """
        if self.sentence(start) != self.sentence(goal):
            return "apart"
        up, down = self._chain(start), self._chain(goal)
        shared = set(down)
        top = next((k for k, i in enumerate(up) if i in shared), None)
        if top is None:
            return "apart"
        below = down.index(up[top])
        if top + below > _FARTHEST:
            return "far"
        steps = ["^" + self._arc(i) for i in up[:top]]
        steps += [">" + self._arc(i) for i in reversed(down[:below])]
        return " ".join(steps) or "."

    def near(self, start: int, goal: int, arcs: int) -> bool:
        """Whether the way through the tree between two tokens has at most so many arcs."""
        up, down = (self._chain(i)[: arcs + 1] for i in (start, goal))
        return any(i in down and above + down.index(i) <= arcs for above, i in enumerate(up))

    def frame(self, at: int) -> dict[int, str]:
        """The grammatical functions around a trigger (see `frames.frame`)."""
        known = self._frames.get(at)
        if known is None:
            known = self._frames[at] = frame(self.parse, at)
        return known

    def around(self, at: int) -> Around:
        """What stands around a trigger, worked out once."""
        known = self._around.get(at)
        if known is None:
            known = self._around[at] = self._look_around(at)
        return known

    def _look_around(self, at: int) -> Around:
        parse, functions = self.parse, self.frame(at)
        acts = below(parse, at, self.hits)
        return Around(
            functions,
            own_functions(functions, self.entity_at),
            [(self.frame(i), self.hits[i][0].rule.type) for i in acts],
            self._acts_above(at),
            "passive" if parse.children(at, "nsubjpass", "auxpass", "agent") else "active",
            not parse.children(at, *_OWN),
        )

    def _acts_above(self, at: int) -> str:
        """The event types of the nearest verb above: who condemns an attack is not its actor."""
        for i in self.parse.ancestors(at):
            if self.parse.tokens[i].pos in {"VERB", "AUX"}:
                return "+".join(sorted({hit.rule.type for hit in self.hits.get(i, ())})) or "none"
        return "top"

    def standing(self, entity: EntityMention) -> tuple[bool, list[Attribution]]:
        """Whether a party is only part of another's name, and what is ascribed to it."""
        key = entity.head, entity.span
        known = self._standing.get(key)
        if known is None:
            beside = self.entities_in.get(self.sentence(entity.head), ())
            nested = any(e.span != entity.span and e.span.covers(entity.span) for e in beside)
            said = [a for a in self.attributions if a.source and a.source.overlaps(entity.span)]
            known = self._standing[key] = nested, said
        return known

    def _chain(self, at: int) -> list[int]:
        known = self._ups.get(at)
        if known is None:
            known = self._ups[at] = [at, *self.parse.ancestors(at)]
        return known

    def _arc(self, at: int) -> str:
        token = self.parse.tokens[at]
        return f"{token.dep}:{token.lemma}" if token.dep in {"prep", "agent"} else token.dep

    def first_conjunct(self, at: int) -> int:
        """The head of a coordination: "A" in "A, B and C", so that conjuncts share its path."""
        while self.parse.tokens[at].dep == "conj" and self.parse.tokens[at].head != at:
            at = self.parse.tokens[at].head
        return at


def _is_part_of_place(entity: EntityMention, places: Sequence[PlaceMention]) -> bool:
    """Whether a country's name only helps to name a place ("central Mali"), and no party."""
    return entity.kind == "country" and any(
        place.span != entity.span and place.span.covers(entity.span) for place in places
    )
