"""What linking leaves behind, so that further dispatches are linked without the earlier ones."""

from dataclasses import dataclass

from dateline.model.incident import Corpus

Mark = tuple[int, int]  # the number of a block, and the day (ordinal) by which it is in order


@dataclass(frozen=True, slots=True)
class FiledClaim:
    """A claim (its id), the blocks it is filed under, and what it can be found by as a plan."""

    id: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """A dispatch as it was linked: its claims, what is compared of them, and its bands.

    `facts` are of no use to anybody but linking; `bands` are numbers that its copies may share.
    """

    id: str
    claims: tuple[FiledClaim, ...]
    facts: bytes
    bands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bond:
    """Two claims, the smaller first, and the log odds (above 0) that they are the same."""

    left: str
    right: str
    odds: float


@dataclass(frozen=True, slots=True)
class Linkage:
    """What linking leaves behind of some dispatches, or of all.

    `copies` are pairs of dispatches of which one copies the other, and why. `promises` lead from
    each claim that tells of a commitment or of its outcome (then it is `evidence`) to its promise.
    """

    documents: tuple[FiledDocument, ...] = ()
    bonds: tuple[Bond, ...] = ()
    copies: tuple[tuple[str, str, str], ...] = ()
    promises: tuple[tuple[str, str], ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What linking some dispatches anew changes in all that was concluded.

    `corpus` has the incidents that came about or changed with what concerns them, `gone` the ids of
    incidents that are no more, `dropped` the promises of commitments that are no more, `linkage`
    what stands in the place of the earlier one of its dispatches and promises.
    """

    corpus: Corpus
    linkage: Linkage
    gone: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
