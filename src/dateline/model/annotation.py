"""What steps say about stretches of text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from dateline.model.document import Document
from dateline.model.parse import Parse
from dateline.model.span import Span
from dateline.model.values import Party, Place


@dataclass(frozen=True, slots=True)
class Annotation:
    """A labelled span, and the rule or model that put it there."""

    span: Span
    found_by: str


@dataclass(frozen=True, slots=True)
class Sentence(Annotation):
    """A sentence: tokens `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class EntityMention(Annotation):
    """Words that name or describe a party; `head` is the token index of the head noun.

    `kind` is person, organisation, group, people, government, body or country; `known` tells
    whether the actor base knows it by name.
    """

    head: int
    kind: str
    party: Party
    known: bool = False


@dataclass(frozen=True, slots=True)
class TimeExpression(Annotation):
    """A TIMEX3: `type` is DATE, TIME, DURATION or SET.

    `start` and `end` are ISO dates at the precision told, `earliest` and `latest` full ISO dates;
    all four are None where the words and the publication date do not settle them.
    """

    type: str
    value: str
    start: str | None = None
    end: str | None = None
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention(Annotation):
    """A place name and what it resolves to; `score` (0 to 1) ranks it against its rivals."""

    head: int
    place: Place
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Quantity(Annotation):
    """A number of people: 'at least 12' is low 12, best 12, high None.

    `head` is the token index of the noun counted (of the number when no noun is told), `who` that
    noun, `kind` the toll if the phrase itself tells it ("12 dead").
    """

    head: int
    who: str
    low: int | None
    best: int | None
    high: int | None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Cue(Annotation):
    """Words that change how the words in `scope` are to be taken.

    `category` is negated, planned, alleged, hypothetical, ongoing, attempted or background.
    """

    category: str
    scope: Span


@dataclass(frozen=True, slots=True)
class Attribution(Annotation):
    """Who (`source`) says (`cue`) what (`content`); the span of the annotation is that of the cue.

    `source` is None when the text hides it ("was reported"); `stance` is one of `STANCES`.
    """

    source: Span | None
    content: tuple[Span, ...]
    stance: str


A = TypeVar("A", bound=Annotation)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its parse and its annotation layers, one per annotation class.

    >>> doc = Annotated(Document("Shelling, aid workers said."))
    >>> doc[Cue]
    ()
    """

    document: Document
    parse: Parse = field(default_factory=lambda: Parse("none", (), ()))
    layers: Mapping[type[Annotation], tuple[Annotation, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def __getitem__(self, kind: type[A]) -> tuple[A, ...]:
        return self.layers.get(kind, ())  # type: ignore[return-value]

    def with_layer(self, kind: type[A], found: Iterable[A]) -> "Annotated":
        """A copy that also carries `found`, in text order."""
        layer = tuple(sorted(found, key=lambda x: (x.span, x.found_by)))
        return Annotated(self.document, self.parse, {**self.layers, kind: layer})
