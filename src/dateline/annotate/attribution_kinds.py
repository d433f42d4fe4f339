"""What kind of source speaks: official, party, witness, rights group, media, document and so on."""

from typing import Any

from dateline.knowledge import read
from dateline.model import Annotated, Parse, Span, Token

_BODIES = {"ORG", "NORP"}
_TITLED = 4  # tokens before a person's name in which a title counts


class Kinds:
    """Tell the kind of a source from its words (data in `attribution_kinds.yaml`)."""

    def __init__(self) -> None:
        words: dict[str, Any] = read("lexicons/en/attribution_kinds.yaml")
        self._kinds = _by_word(words["kinds"])
        self._names = _by_word(words["names"])
        outlets: dict[str, Any] = read("lexicons/en/attribution_media.yaml")
        self._outlets = frozenset(outlets["outlets"])
        self._titles = frozenset(words["titles"])

    def __call__(self, doc: Annotated, source: Span | None, known: dict[str, str]) -> str:
        """The kind of a source; empty where its words do not tell.

        `known` are the kinds of the persons of the document, as `persons` tells them.
        """
        if source is None:
            return ""
        words = source.of(doc.text)
        bare = words.removeprefix("the ").removeprefix("The ")
        if words in self._outlets or bare in self._outlets:
            return "media"
        inside = doc.parse.tokens_in(source)
        head = doc.parse.head_of(source)
        if not inside or head < 0:
            return ""
        return self._by_words(doc.parse, inside, head, known)

    def persons(self, parse: Parse) -> dict[str, str]:
        """The kinds of persons by last name, as told beside the name anywhere in the document."""
        out: dict[str, str] = {}
        for name in parse.entities:
            if name.label != "PERSON":
                continue
            head = parse.tokens[parse.head_of(parse.span(name.first, name.last))]
            near = [*parse.children(head.i, "appos", "compound", "amod")]
            near += [head.head] if head.dep == "appos" else []
            near += range(max(0, name.first - _TITLED), name.first)
            beside = (parse.tokens[i] for i in near if not name.first <= i <= name.last)
            kinds = [k for t in beside if t.sentence == head.sentence and (k := self._of(t))]
            if kinds:
                out.setdefault(parse.tokens[name.last].text, kinds[0])
        return out

    def _of(self, token: Token) -> str:
        if token.pos not in {"NOUN", "PROPN"}:
            return ""
        return (
            "official" if token.text in self._titles else self._kinds.get(token.lemma.lower(), "")
        )

    def _by_words(self, parse: Parse, inside: range, head: int, known: dict[str, str]) -> str:
        tokens = parse.tokens
        kind = self._kinds.get(tokens[head].lemma.lower(), "")
        if kind and kind != "party":
            return kind
        words = (tokens[i].text.lower() for i in inside)
        named = next((self._names[w] for w in words if w in self._names), kind)
        if named:
            return named
        for lemma in (tokens[i].lemma.lower() for i in inside):
            if lemma in self._kinds:
                return self._kinds[lemma]
        if tokens[head].ent == "PERSON":
            titled = any(tokens[i].text in self._titles for i in inside)
            return "official" if titled else known.get(tokens[inside[-1]].text, "person")
        if tokens[head].ent == "GPE":
            return "official"
        return "party" if tokens[head].ent in _BODIES else ""


def _by_word(listed: dict[str, list[str]]) -> dict[str, str]:
    return {word: kind for kind, words in listed.items() for word in words}
