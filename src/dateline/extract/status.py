"""Whether an event happened, where words beside its trigger say so outright."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dateline.extract.scene import Scene
from dateline.knowledge import read
from dateline.model import Basis, Cue, Reading

# Of several cues the first of these decides: "will not attack" is negated, not planned.
# The figures tell within how many arcs of a trigger a cue speaks of it, not of what is around it.
NEAR = {"negated": 2, "hypothetical": 1, "planned": 1, "alleged": 2, "ongoing": 1}
LEXICON = "lexicons/en/cues.yaml"


@cache
def _entries() -> dict[str, dict[str, Any]]:
    """The entries of the cue lexicon by the name that a cue is found by."""
    return {f"cues#{name}": fields for name, fields in read(LEXICON).items()}


def status_cues(scene: Scene, at: int) -> dict[str, list[Cue]]:
    """The cues that speak of a trigger, by category.

    A negation that is negated itself ("could not prevent") is listed twice, so that it cancels.
    """
    found: dict[str, list[Cue]] = {}
    spent: set[int] = set()
    for cue in scene.cues_in.get(scene.sentence(at), ()):
        category = _told(cue)
        if category is None or not _speaks_of(scene, cue, at):
            continue
        if any(other.span.overlaps(cue.span) for other in found.get(category, ())):
            continue
        negation = _negation(scene, cue) if category == "negated" else None
        if negation is not None:
            spent.add(negation)
            found.setdefault("negated", []).append(cue)
        found.setdefault(category, []).append(cue)
    negated = [cue for cue in found.get("negated", ()) if cue.span.start not in spent]
    if spent:
        found["negated"] = negated
    return found


def _told(cue: Cue) -> str | None:
    """The status that a cue tells, if it tells any; what goes on must say so outright."""
    own = cue.category if cue.category in NEAR and cue.category != "ongoing" else None
    told: str | None = _entries().get(cue.found_by, {}).get("tells", own)
    return told


def _negation(scene: Scene, cue: Cue) -> int | None:
    """Where the word stands that negates a cue's own word, if one does."""
    parse = scene.parse
    for word in _words(scene, cue):
        for i in parse.children(word, "neg"):
            start = parse.tokens[i].start
            if not cue.span.start <= start < cue.span.end:
                return start
    return None


def is_cancelled(cues: Mapping[str, Sequence[Cue]]) -> bool:
    """Whether the negations among them cancel each other ("did not deny attacking")."""
    negations = len(cues.get("negated", ()))
    return negations > 0 and negations % 2 == 0


def told_status(cues: Mapping[str, Sequence[Cue]]) -> Reading[str] | None:
    """The status that the cues of a trigger give it, or None."""
    for category in NEAR:
        if category in cues and not (category == "negated" and is_cancelled(cues)):
            cue = cues[category][0]
            return Reading(category, Basis.STATED, (cue.span,), cue.found_by)
    return None


def is_asked(told: Reading[str]) -> bool:
    """Whether a sentence only asks whether it happened, which no classifier can gainsay."""
    return bool(_entries().get(told.found_by, {}).get("asked"))


def is_told(scene: Scene, at: int) -> bool:
    """Whether words beside a verb that a rule names tell that it did not, or may not, happen.

    Classifiers have seen few such events, and take them for none.
    """
    named = at in scene.hits and scene.parse.tokens[at].pos == "VERB"
    told = status_cues(scene, at) if named else {}
    return any(told.get(status) for status in ("negated", "hypothetical", "planned"))


def is_content(scene: Scene, at: int) -> bool:
    """Whether a token only names what somebody demands or threatens with: no event of its own."""
    return any(
        _entries().get(cue.found_by, {}).get("content") and _speaks_of(scene, cue, at)
        for cue in scene.cues_in.get(scene.sentence(at), ())
    )


def _speaks_of(scene: Scene, cue: Cue, at: int) -> bool:
    token = scene.parse.tokens[at]
    words = _words(scene, cue)
    first = scene.parse.tokens[words[0]]
    if first.head == at and first.dep == "amod":
        return True
    arcs = _entries().get(cue.found_by, {}).get("reach", NEAR.get(cue.category, 1))
    covers = cue.scope.start <= token.start < cue.scope.end
    return covers and any(scene.near(at, word, arcs) for word in (words[0], words[-1]))


def _words(scene: Scene, cue: Cue) -> range:
    """The tokens of a cue."""
    first = max(scene.parse.token_at(cue.span.start), 0)
    return range(first, max(scene.parse.token_at(cue.span.end - 1), first) + 1)
