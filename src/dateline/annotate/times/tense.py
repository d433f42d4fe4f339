"""Whether the words around a date speak of the past or of what lies ahead."""

from dateline.annotate.times.grammar import Vocabulary
from dateline.model import Parse

_FUTURE_AUX = frozenset({"will", "'ll", "wo", "shall", "sha", "would", "'d"})
_MODALS = frozenset({"may", "might", "could", "should", "must", "can"})


class Outlook:
    """Reads the tense of the nearest verb above a token."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._ahead = frozenset(vocabulary.words("ahead"))
        self._nouns = frozenset(vocabulary.words("ahead_nouns"))

    def ahead(self, parse: Parse, at: int) -> bool:
        """Whether the token at `at` is told as lying ahead; False if past or unclear."""
        if at < 0:
            return False
        tokens = parse.tokens
        for i in parse.ancestors(at):
            token = tokens[i]
            if token.lemma in self._nouns or (token.tag == "VBN" and token.lemma in self._ahead):
                return True
            if token.lemma == "due":
                return True
            if token.pos not in {"VERB", "AUX"}:
                continue
            verdict = self._verb(parse, i)
            if verdict is not None:
                return verdict
        return False

    def _verb(self, parse: Parse, at: int) -> bool | None:
        """The outlook of a verb; None where its governor decides."""
        token = parse.tokens[at]
        helpers = [parse.tokens[i] for i in parse.children(at, "aux", "auxpass")]
        words = {h.text.lower() for h in helpers}
        if any(h.tag == "VBD" or h.lemma == "have" for h in helpers) and not words & _FUTURE_AUX:
            return False
        if words & _FUTURE_AUX:
            return "have" not in words or bool(words & {"will", "'ll"})
        if words & _MODALS:
            return "have" not in words
        if any(h.tag == "TO" for h in helpers):
            governor = parse.tokens[token.head]
            return True if governor.lemma in self._ahead else None
        if token.tag == "VBD":
            return False
        if token.tag == "VBG" and any(h.tag in {"VBZ", "VBP"} for h in helpers):
            return True
        return None if token.tag in {"VBN", "VBG", "VB"} and not helpers else False
