"""The words the whole system speaks: frozen values with no I/O."""

from dateline.model.annotation import (
    Annotated,
    Annotation,
    Attribution,
    Cue,
    DateClue,
    Doubt,
    EntityMention,
    PlaceMention,
    Quantity,
    Sentence,
    TimeExpression,
)
from dateline.model.document import Document
from dateline.model.event import Basis, Claim, EventMention, Reading, Record, Slots
from dateline.model.finding import Finding
from dateline.model.parse import NamedEntity, Parse, Token
from dateline.model.span import Span
from dateline.model.values import (
    KINDS,
    LEVELS,
    STANCES,
    STATUSES,
    TYPES,
    Count,
    Party,
    Period,
    Place,
    Sourcing,
)

__all__ = [
    "KINDS",
    "LEVELS",
    "STANCES",
    "STATUSES",
    "TYPES",
    "Annotated",
    "Annotation",
    "Attribution",
    "Basis",
    "Claim",
    "Count",
    "Cue",
    "DateClue",
    "Document",
    "Doubt",
    "EntityMention",
    "EventMention",
    "Finding",
    "NamedEntity",
    "Parse",
    "Party",
    "Period",
    "Place",
    "PlaceMention",
    "Quantity",
    "Reading",
    "Record",
    "Sentence",
    "Slots",
    "Sourcing",
    "Span",
    "TimeExpression",
    "Token",
]
