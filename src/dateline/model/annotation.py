"""What steps say about stretches of text."""

import re
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


_PRECISIONS = tuple(
    (name, re.compile(form))
    for name, form in (
        ("minute", r"T\d\d:\d\d$|^PT.*M$"),
        ("hour", r"T\d\d$|^PT.*H$"),
        ("second", r"^PT.*S$"),
        ("daypart", r"T(?:MO|AF|EV|NI|DT)$"),
        ("weekend", r"-WE$"),
        ("week", r"-W(?:\d\d|XX)$|^P.*W$"),
        ("quarter", r"-Q\d$|^P.*Q$"),
        ("half", r"-H\d$"),
        ("season", r"-(?:SP|SU|FA|WI)$"),
        ("day", r"^(?:BC)?[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|WXX-\d)$|^P[^T]*D$"),
        ("month", r"^(?:BC)?[\dX]{4}-[\dX]{2}$|^P[^T]*M$"),
        ("year", r"^(?:BC|FY)?[\dX]{4}$|^P.*Y$"),
        ("decade", r"^\d{3}$|^P.*DE$"),
        ("century", r"^(?:BC)?\d{2}$|^P.*CE$"),
    )
)


@dataclass(frozen=True, slots=True)
class TimeExpression(Annotation):
    """A TIMEX3: `type` is DATE, TIME, DURATION or SET.

    `start` and `end` are ISO dates at the precision told, `earliest` and `latest` full ISO dates;
    all four are None where the words and the publication date do not settle them. Of a range
    ("from May to July") each end is an expression with a value of its own, and the four tell the
    whole range; "since" and "until" leave one side open. `mod` is TIMEX3's: START, MID, END,
    APPROX, MORE_THAN, LESS_THAN, EQUAL_OR_MORE, EQUAL_OR_LESS. `inferred` tells that the dates lean
    on a publication date that was itself inferred.
    """

    type: str
    value: str
    start: str | None = None
    end: str | None = None
    earliest: str | None = None
    latest: str | None = None
    mod: str | None = None
    inferred: bool = False

    @property
    def precision(self) -> str:
        """How finely the value is told: minute, hour, daypart, day, week … century; else blank.

        >>> TimeExpression(Span(0, 4), "times", "DATE", "2022-W32").precision
        'week'
        """
        return next((name for name, form in _PRECISIONS if form.search(self.value)), "")


@dataclass(frozen=True, slots=True)
class DateClue(Annotation):
    """Words that help to date an undated dispatch, and why (`says`).

    The dispatch was written from `earliest` to `latest` (ISO dates, None where a side stays open);
    `weekday` (1 is Monday) is the day that its news is of.
    """

    says: str
    earliest: str | None = None
    latest: str | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt(Annotation):
    """Words that cannot be true as they stand, and the `reason` why."""

    reason: str


@dataclass(frozen=True, slots=True)
class PlaceMention(Annotation):
    """A place name and what it resolves to; `score` is how likely that is right.

    `radius` is how many kilometres around its point the words reach ("near Gao"), None where they
    do not tell; `metonymic`: the name stands for a government or people ("Paris said").
    """

    head: int
    place: Place
    score: float = 1.0
    radius: float | None = None
    metonymic: bool = False


@dataclass(frozen=True, slots=True)
class Quantity(Annotation):
    """A number of people: 'at least 12' is low 12, best 12, high None.

    `head` is the token index of the noun counted (of the number when no noun is told), `who` that
    noun, `kind` the toll if the phrase or its verb tells it ("12 dead", "12 were killed").
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
    `speaker` are the words beside the cue where they are not the source's own: the pronoun that
    stands for it. `kind` tells what the source is: official, party, person, witness, rights-group,
    media, social-media, document or expert; empty when its words do not tell.
    """

    source: Span | None
    content: tuple[Span, ...]
    stance: str
    speaker: Span | None = None
    kind: str = ""


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
