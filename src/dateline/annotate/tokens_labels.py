"""Parts of speech and lemmas from the rules of a spaCy pipeline, worked out once for tokens alike.

Two components of the English pipelines, the attribute ruler and the lemmatizer, look at nothing but
a token's own form, tag and relation, a few patterns of several tokens apart. To run them on every
token takes a sixth of the time of a parse; here they see each kind of token once.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

COMPONENTS = ("attribute_ruler", "lemmatizer")
_OWN = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})  # what a token's key settles
_KEY = ("ORTH", "TAG", "DEP")
LABELS = ("TAG", "DEP", "POS", "LEMMA")  # what the components may change
_APART = ("\n", "_SP", "")  # a token that keeps others from standing beside each other
_MOST = 100_000  # kinds of tokens that are remembered

type Key = tuple[int, int, int]
type Labels = tuple[int, ...]


class Labeller:
    """Gives the tokens of parsed documents the labels that the components would give them."""

    def __init__(self, nlp: Any) -> None:
        self._vocab = nlp.vocab
        self._components = [nlp.get_pipe(name) for name in COMPONENTS]
        ruler = self._components[0]
        self._phrases = type(ruler.matcher)(nlp.vocab)
        for number, entry in enumerate(ruler.patterns):
            long = [pattern for pattern in entry["patterns"] if len(pattern) > 1]
            if long:
                self._phrases.add(str(number), long)
        self._known: dict[Key, Labels] = {}

    @staticmethod
    def fits(nlp: Any) -> bool:
        """Whether a pipeline has the components, and their patterns look at no more than we do."""
        if not set(COMPONENTS) <= set(nlp.pipe_names):
            return False
        patterns = [p for entry in nlp.get_pipe(COMPONENTS[0]).patterns for p in entry["patterns"]]
        return all(_OWN.issuperset(token) for pattern in patterns for token in pattern)

    def __call__(self, doc: Any) -> list[tuple[int, ...]]:
        """The columns `LABELS` of the tokens, as numbers of the vocabulary."""
        keys: list[Key] = list(map(tuple, doc.to_array(_KEY).tolist()))
        inside = {i for _, first, end in self._phrases(doc) for i in range(first, end)}
        found = dict(self._ask(doc, keys, sorted(inside))) if inside else {}
        if len(self._known) > _MOST:
            self._known.clear()
        new = {key: i for i, key in enumerate(keys) if i not in inside and key not in self._known}
        if new:
            asked = self._ask(doc, keys, list(new.values()), alone=True)
            self._known.update((keys[i], labels) for i, labels in asked)
        rows = [found[i] if i in found else self._known[key] for i, key in enumerate(keys)]
        return [*zip(*rows, strict=True)] if rows else [()] * len(LABELS)

    def _ask(
        self, doc: Any, keys: list[Key], wanted: list[int], *, alone: bool = False
    ) -> Iterator[tuple[int, Labels]]:
        """What the components say of some tokens; neighbours stay beside each other, or `alone`."""
        places = list(_spread(wanted, alone=alone))
        strings = self._vocab.strings
        rows = [
            _APART if i is None else tuple(strings[key] if key else "" for key in keys[i])
            for i in places
        ]
        words, tags, deps = ([row[k] for row in rows] for k in range(3))
        made = type(doc)(self._vocab, words, tags=tags, deps=deps, heads=[*range(len(rows))])
        for component in self._components:
            made = component(made)
        for i, labels in zip(places, made.to_array(LABELS).tolist(), strict=True):
            if i is not None:
                yield i, tuple(labels)


def _spread(wanted: Iterable[int], *, alone: bool) -> Iterator[int | None]:
    """The given places with None between those that are not to stand together.

    >>> list(_spread([3, 4, 7], alone=False))
    [3, 4, None, 7, None]
    """
    order = enumerate(wanted)
    for _, run in groupby(order, key=lambda x: x[0] if alone else x[1] - x[0]):
        yield from (i for _, i in run)
        yield None
