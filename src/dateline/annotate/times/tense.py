"""Whether the words around a date speak of the past or of what lies ahead."""

from dateline.annotate.times.grammar import Vocabulary
from dateline.model import Parse, Token

_FUTURE_AUX = frozenset({"will", "'ll", "wo", "shall", "sha", "would", "'d"})
_MODIFIERS = frozenset({"nmod", "compound", "poss", "nummod"})
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
        modifies = parse.tokens[at].dep in _MODIFIERS
        for i in parse.ancestors(at):
            if self._points(parse.tokens[i]):
                return True
            if parse.tokens[i].pos in {"VERB", "AUX"}:
                verdict = self._verb(parse, i)
                if verdict is not None and not (modifies and parse.tokens[i].tag == "VB"):
                    return verdict
        return False

    def _points(self, token: Token) -> bool:
        """Whether a word by itself dates what hangs on it ahead ("scheduled", "deadline")."""
        if token.pos == "NOUN":
            return token.lemma in self._nouns
        return token.lemma == "due" or (token.tag == "VBN" and token.lemma in self._ahead)

    def _verb(self, parse: Parse, at: int) -> bool | None:
        """The outlook of a verb; None where its governor decides."""
        token = parse.tokens[at]
        helpers = [parse.tokens[i] for i in parse.children(at, "aux", "auxpass")]
        words = {h.text.lower() for h in helpers}
        if words & _FUTURE_AUX:
            return True
        if any(h.tag == "VBD" or h.lemma == "have" for h in helpers):
            return False
        if words & _MODALS:
            return True
        if any(h.tag == "TO" for h in helpers):
            governor = parse.tokens[token.head]
            bound = governor.lemma == "be" and token.dep == "xcomp"
            return True if bound or governor.lemma in self._ahead else None
        if token.tag in {"VBN", "VBG", "VB"}:
            going = token.tag == "VBG" and any(h.tag in {"VBZ", "VBP"} for h in helpers)
            return going if helpers else None
        subjects = (parse.tokens[i] for i in parse.children(at, "nsubj"))
        return token.lemma == "be" and any(self._points(s) for s in subjects)
