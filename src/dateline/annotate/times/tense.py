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
        return self.verdict(parse, at) is True

    def verdict(self, parse: Parse, at: int) -> bool | None:
        """Whether the token at `at` is told as lying ahead or not; None if unclear."""
        if at < 0:
            return None
        modifies = parse.tokens[at].dep in _MODIFIERS
        for i in parse.ancestors(at):
            if self._points(parse.tokens[i]):
                return True
            if parse.tokens[i].pos in {"VERB", "AUX"}:
                verdict = self._verb(parse, i)
                if verdict is False and parse.tokens[i].tag in {"VBZ", "VBP"}:
                    return None  # "launches June 28", "kills ten in May": both are said so
                if verdict is not None and not (modifies and parse.tokens[i].tag == "VB"):
                    return verdict
        return None

    def _nonfinite(self, parse: Parse, token: Token, helpers: list[Token]) -> bool | None:
        """The outlook of an infinitive or participle."""
        if any(h.tag == "TO" for h in helpers):
            governor = parse.tokens[token.head]
            bound = governor.lemma == "be" and token.dep == "xcomp" and governor.tag != "VBD"
            return True if bound or governor.lemma in self._ahead else None
        if not helpers and token.tag == "VBN" and parse.children(token.i, "nsubj"):
            return False  # a past tense, whatever the tag: "the mission estimated that …"
        going = token.tag == "VBG" and any(h.tag in {"VBZ", "VBP"} for h in helpers)
        return going if helpers else None

    def _is_on(self, parse: Parse, at: int) -> bool:
        """Whether a date is what "is" tells of its subject ("the hearing is on April 5")."""
        inside = (n for i in parse.children(at, "prep") for n in parse.children(i, "pobj"))
        subjects = [parse.tokens[i].pos for i in parse.children(at, "nsubj")]
        return subjects == ["NOUN"] and any(parse.tokens[n].ent == "DATE" for n in inside)

    def nearest(self, parse: Parse, at: int) -> bool | None:
        """Whether the verb next above a token lies ahead or has happened; None if unclear."""
        near = (i for i in parse.ancestors(at) if parse.tokens[i].pos in {"VERB", "AUX"})
        verb = next(near, None) if at >= 0 else None
        if verb is None:
            return None
        token = parse.tokens[verb]
        if self._verb(parse, verb) or self._points(token):
            return True
        helpers = [parse.tokens[i] for i in parse.children(verb, "aux", "auxpass")]
        told = any(h.tag == "VBD" or h.lemma == "have" for h in helpers)
        past = token.tag == "VBD" or told or (token.tag == "VBN" and not helpers)
        return False if past and not any(h.tag == "MD" for h in helpers) else None

    def behind(self, parse: Parse, at: int) -> bool:
        """Whether the token at `at` dates what is told as having happened; False if unclear."""
        return self.nearest(parse, at) is False and self.verdict(parse, at) is not True

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
        if any(h.tag == "TO" for h in helpers) or token.tag in {"VBN", "VBG", "VB"}:
            return self._nonfinite(parse, token, helpers)
        if token.lemma == "be" and token.tag in {"VBZ", "VBP"} and self._is_on(parse, at):
            return True
        subjects = (parse.tokens[i] for i in parse.children(at, "nsubj"))
        return token.lemma == "be" and any(self._points(s) for s in subjects)
