"""Words that may name an event: what the trigger rules say of each token."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from dateline.knowledge.agents import load as agents
from dateline.knowledge.triggers import PEOPLE, NonEvent, TriggerRule
from dateline.model import Parse, Token

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_CONTENT = _VERBS | _NOUNS | {"ADJ"}
_KINDS = {"VERB": "V", "AUX": "V", "NOUN": "N", "PROPN": "N", "ADJ": "AV"}
_DEPTH = 3
_ALONG = frozenset({"down", "on", "along", "through", "by"})  # before what tells the kind of act


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fits at a token; `first` and `last` are the tokens of the trigger words."""

    rule_id: str
    rule: TriggerRule
    first: int
    last: int


class Triggers:
    """Find candidate triggers: tokens that a rule names, or content words a model may judge."""

    def __init__(self, rules: dict[str, TriggerRule]) -> None:
        self._words: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._rules = rules
        for rule_id, rule in rules.items():
            for kind, words in (("V", rule.verbs), ("N", rule.nouns), ("A", rule.adjectives)):
                for word in words:
                    self._words[kind, word].append(rule_id)
            for phrase in rule.phrases:
                words = tuple(phrase.split())
                self._phrases[words[0]].append((words, rule_id))

    def __call__(self, parse: Parse) -> dict[int, list[Hit]]:
        """Hits by the token that heads them, in text order; phrases before single words."""
        found: dict[int, list[Hit]] = defaultdict(list)
        for token in parse.tokens:
            hits: list[Hit] = []
            if token.lemma in self._phrases:
                hits += self._phrase_hits(parse, token)
            if token.pos in _CONTENT:
                hits += self._word_hits(parse, token)
            for hit in hits:
                head = _head(parse, hit.first, hit.last)
                if all(hit.rule_id != other.rule_id for other in found[head]):
                    found[head].append(hit)
        return {i: hits for i, hits in sorted(found.items()) if hits}

    def _word_hits(self, parse: Parse, token: Token) -> Iterator[Hit]:
        ids: list[str] = []
        for kind in _KINDS[token.pos]:
            for form in dict.fromkeys((token.lemma, token.text.lower())):
                ids += self._words.get((kind, form), ())  # "raped" is taken for "rap"
        if not ids:
            return
        around = neighbourhood(parse, token.i)
        if any(PEOPLE in self._rules[i].needs for i in ids) and on_people(parse, token.i):
            around |= {PEOPLE}
        for rule_id in ids:
            rule = self._rules[rule_id]
            if fits(rule, around):
                yield Hit(rule_id, rule, token.i, token.i)

    def _phrase_hits(self, parse: Parse, token: Token) -> Iterator[Hit]:
        for words, rule_id in self._phrases.get(token.lemma, ()):
            last = token.i + len(words) - 1
            if last >= len(parse.tokens):
                continue
            if all(parse.tokens[token.i + k].lemma == word for k, word in enumerate(words)):
                rule = self._rules[rule_id]
                around = neighbourhood(parse, _head(parse, token.i, last))
                if not rule.without & around:
                    yield Hit(rule_id, rule, token.i, last)


def fits(rule: TriggerRule, around: frozenset[str]) -> bool:
    """Whether the words around allow the rule."""
    return (not rule.needs or bool(rule.needs & around)) and not rule.without & around


def candidates(
    parse: Parse, unlikely: Mapping[str, Sequence[NonEvent]] | None = None
) -> Iterator[int]:
    """Tokens that could name an event: content words that begin with a letter.

    Left out are those that name none beside the words that stand directly below them.
    """
    for t in parse.tokens:
        if t.pos in _CONTENT and t.text[0].isalpha():
            entries = (unlikely or {}).get(t.lemma)
            if not entries or not _beside(parse, t.i, entries):
                yield t.i


def _beside(parse: Parse, at: int, entries: Sequence[NonEvent]) -> bool:
    tokens = parse.tokens
    below = [i for i in parse.children(at) if tokens[i].dep not in _FAR]
    for i in tuple(below):
        if tokens[i].dep == "prep" and tokens[i].lemma in _ALONG:
            below += parse.children(i, "pobj")
    words = {tokens[i].lemma for i in below}
    return any(not entry.beside.isdisjoint(words) for entry in entries)


def on_people(parse: Parse, at: int) -> bool:
    """Whether an act is done to people: its object, passive subject or of-phrase names some."""
    tokens, known = parse.tokens, agents()
    below = list(parse.children(at, "dobj", "nsubjpass"))
    for i in parse.children(at, "prep"):
        if tokens[i].lemma == "of":
            below += parse.children(i, "pobj")
    return any(
        tokens[i].ent == "PERSON" or known.heads(tokens[i].text.lower(), tokens[i].lemma)
        for i in below
    )


def neighbourhood(parse: Parse, at: int) -> frozenset[str]:
    """Lemmas of what hangs on a token (three levels down), of the words above it and theirs."""
    tokens = parse.tokens
    out: set[str] = set()
    level = [at]
    for _ in range(_DEPTH):
        level = [c for i in level for c in parse.children(i) if tokens[c].dep not in _FAR]
        out.update(tokens[c].lemma for c in level)
    for above in islice(parse.ancestors(at), _DEPTH):
        out.add(tokens[above].lemma)
        for sibling in parse.children(above):
            if sibling != at:
                out.add(tokens[sibling].lemma)
                out.update(tokens[c].lemma for c in parse.children(sibling) if c != at)
        if tokens[above].pos in _VERBS:
            break
    return frozenset(out)


_FAR = frozenset({"relcl", "advcl", "punct", "parataxis"})


def _head(parse: Parse, first: int, last: int) -> int:
    """The content word that heads tokens `first` to `last`."""
    inside = range(first, last + 1)
    for i in inside:
        if parse.tokens[i].head not in inside and parse.tokens[i].pos in _CONTENT:
            return i
    return first
