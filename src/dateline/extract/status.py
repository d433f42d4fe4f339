"""Whether an event happened, where words beside its trigger say so outright."""

from collections.abc import Mapping, Sequence

from dateline.extract.scene import Scene
from dateline.model import Basis, Cue, Reading

# Of several cues the first of these decides: "will not attack" is negated, not planned.
# The figures tell within how many arcs of a trigger a cue speaks of it, not of what is around it.
NEAR = {"negated": 2, "hypothetical": 1, "planned": 1, "alleged": 2}


def status_cues(scene: Scene, at: int) -> dict[str, list[Cue]]:
    """The cues that speak of a trigger, by category."""
    found: dict[str, list[Cue]] = {}
    for cue in scene.cues_in.get(scene.sentence(at), ()):
        if cue.category in NEAR and _speaks_of(scene, cue, at):
            found.setdefault(cue.category, []).append(cue)
    return found


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


def _speaks_of(scene: Scene, cue: Cue, at: int) -> bool:
    token = scene.parse.tokens[at]
    word = max(scene.parse.token_at(cue.span.start), 0)
    if scene.parse.tokens[word].head == at and scene.parse.tokens[word].dep == "amod":
        return True
    covers = cue.scope.start <= token.start < cue.scope.end
    return covers and scene.near(at, word, NEAR[cue.category])
