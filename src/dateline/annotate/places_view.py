"""The words around a name, and what they tell: a place or not, of which level."""

from collections.abc import Sequence

from dateline.annotate.places_cues import Cues
from dateline.knowledge.geography import Feature, fold
from dateline.model import NamedEntity, Parse, Token

PLACES = frozenset({"GPE", "LOC", "FAC"})
DASHES = frozenset({"-", "–", "—", "‐", "‑", "/"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})
_SKIPPED = frozenset({"the", "central", "northern", "southern", "eastern", "western", "greater"})
_INSIDE = frozenset({"in", "near", "outside", "around", "at"})
_LIST = frozenset({",", "and", "or", "&", "the"})
_ARTICLES = frozenset({"al", "el", "ad", "as", "ash", "an", "at", "az"})
_AREAS = frozenset({"peninsula", "region", "states", "territories", "crossing", "camp", "basin"})


class View:
    """One parse seen from the names in it."""

    def __init__(self, parse: Parse, text: str, cues: Cues) -> None:
        self.parse, self.tokens, self.cues = parse, parse.tokens, cues
        self._text = text
        self._entities: dict[int, NamedEntity] = {}
        self._surnames: set[str] = set()
        for entity in parse.entities:
            self._entities.update(dict.fromkeys(range(entity.first, entity.last + 1), entity))
            if entity.label == "PERSON":
                self._remember(entity)

    def _remember(self, entity: NamedEntity) -> None:
        """Keep the last name of a person told in full."""
        last = entity.last
        while last > entity.first and self.tokens[last].text in POSSESSIVE:
            last -= 1
        if last > entity.first and self.tokens[last].text[:1].isupper():
            self._surnames.add(fold(self.tokens[last].text))

    def words(self, first: int, last: int) -> str:
        """The text from token `first` to token `last`."""
        return self._text[self.tokens[first].start : self.tokens[last].end]

    def may_start(self, at: int) -> bool:
        """Whether a name can begin at token `at`."""
        text = self.tokens[at].text
        if text[:1].isupper():
            return True
        after = "".join(t.text for t in self.tokens[at + 1 : at + 3])
        dashed = after[:1] in DASHES and after[1:2].isupper()
        if text in self.cues.direction:
            return dashed or after[:1].isupper()
        return text in _ARTICLES and (dashed or (text in {"al", "el"} and after[:1].isupper()))

    def may_end(self, at: int) -> bool:
        """Whether a name can end at token `at`."""
        text = self.tokens[at].text
        if text[:1].isupper() or text[:1].isdigit() or text in _AREAS:
            return True
        return len(text) > 2 and at > 0 and self.tokens[at - 1].text in DASHES

    def label(self, at: int) -> str:
        """The tagger's label of token `at`, empty if it has none."""
        entity = self._entities.get(at)
        return entity.label if entity else ""

    def entity(self, at: int) -> NamedEntity | None:
        """The tagger's name that token `at` is part of."""
        return self._entities.get(at)

    def is_name(self, at: int) -> bool:
        """Whether token `at` is a capitalised proper noun."""
        return self.tokens[at].pos == "PROPN" and self.tokens[at].text[:1].isupper()

    def joins(self, left: int, right: int) -> bool:
        """Whether what stands between two names says that the first lies in the second."""
        between = [t.text for t in self.tokens[left + 1 : right]]
        return between in ([","], ["("], [",", "in"], ["in"], [",", "the"], ["in", "the"], ["of"])

    def listed(self, left: int, right: int) -> bool:
        """Whether two names are neighbours in a list ("Gao, Kidal and Ber")."""
        between = self.tokens[left + 1 : right]
        return 0 < len(between) < 4 and all(t.text in _LIST for t in between)

    def kind_after(self, last: int) -> tuple[str, int]:
        """The type word after a name ("Kunduz province") and the last token of both."""
        if last + 1 < len(self.tokens):
            word = self.tokens[last + 1].text
            if self.cues.level_of(word):
                return word, last + 1
            if word in {",", "and"} and (plural := self._plural_after(last + 1)):
                return plural, last
        word = self.tokens[last].text
        return (word if self.cues.level_of(word) else ""), last

    def _plural_after(self, at: int) -> str:
        """The plural type word that closes a list ("Anbar, Diyala and Wasit provinces")."""
        for token in self.tokens[at : at + 24]:
            if token.text.lower() in self.cues.plural:
                return token.text
            if not token.text[:1].isupper() and token.text not in _LIST | DASHES | _ARTICLES:
                break
        return ""

    def kind_before(self, first: int) -> tuple[str, int]:
        """The type word before a name ("the village of Tessit") and the first token of both."""
        if first >= 2 and self.tokens[first - 1].text == "of":
            word = self.tokens[first - 2].text
            if self.cues.level_of(word):
                return word, first - 2
        if first and (word := self.tokens[first - 1].text) in {"village", "town", "city"}:
            return word, first
        return "", first

    # belief ----------------------------------------------------------------------------------
    def belief(self, first: int, last: int, key: str, best: Feature | None) -> float:
        """What the words around add to (or take from) the belief that the words name a place."""
        total = self._tagged(first, last, best) + self.led(first) + self._beside(first, last)
        if self.tokens[last].pos not in {"PROPN", "X"} and self.label(last) not in PLACES:
            total -= 0.45
        if key in self.cues.common:
            total -= 0.5
        if key in self._surnames and (best is None or best.level != "country"):
            total -= 0.5
        return total

    def _tagged(self, first: int, last: int, best: Feature | None) -> float:
        """What the tagger adds or takes away."""
        entity = self._entities.get(first) or self._entities.get(last)
        if entity is None:
            return 0.0
        longer, label = self._longer(entity, first, last), entity.label
        if label in PLACES:
            return 0.1 if longer and label == "FAC" else 0.3
        if label in _TIMES:
            return -0.6
        if label == "PERSON":
            country = best is not None and best.level == "country"
            return -0.9 if longer else (-0.1 if country else -0.2)
        if label in {"ORG", "NORP"}:
            of = first > 0 and self.tokens[first - 1].text in {"of", "in"}
            return (-0.05 if of else -0.6) if longer else -0.1
        return -0.4 if longer else -0.15

    def inside_longer(self, first: int, last: int) -> bool:
        """Whether the words are part of a longer name the tagger found."""
        entity = self._entities.get(first) or self._entities.get(last)
        return entity is not None and self._longer(entity, first, last)

    def _longer(self, entity: NamedEntity, first: int, last: int) -> bool:
        """Whether the tagger's name has words beyond these, articles and type words aside."""
        start, end = entity.first, entity.last
        while start < first and self.tokens[start].text.lower() in {"the", "a"}:
            start += 1
        while end > last and not self.tokens[end].text[:1].isalnum():
            end -= 1
        while end > last and (
            self.tokens[end].text in POSSESSIVE or self.cues.level_of(self.tokens[end].text)
        ):
            end -= 1
        return start < first or end > last

    def led(self, first: int) -> float:
        """What the words before add: a locative preposition, a type word, a title, a verb."""
        at = first - 1
        while at >= 0 and self.tokens[at].text.lower() in _SKIPPED:
            at -= 1
        total = self._led_by(at) if at >= 0 else 0.0
        if total:
            return total
        token = self.tokens[first]
        head = self.tokens[token.head]
        if token.dep == "conj" and head.i < first and self.is_name(head.i):
            return 0.8 * self.led(head.i)
        return 0.3 if token.dep == "dobj" and head.lemma in self.cues.taken else 0.0

    def _led_by(self, at: int) -> float:
        word = self.tokens[at].text.lower().rstrip(".")
        if word in self.cues.title:
            return -0.6
        if word == "of" and at:
            before = self.tokens[at - 1].text.lower()
            if self.cues.level_of(before):
                return 0.4
            return 0.3 if before in self.cues.part else 0.05
        if word == "on" and at and self.tokens[at - 1].text.lower() in self.cues.struck:
            return 0.3
        if word in self.cues.locative:
            return 0.35 if word in _INSIDE else 0.25
        return 0.0

    def _beside(self, first: int, last: int) -> float:
        """What touching names and type words add or take away."""
        total, sentence = 0.0, self.tokens[first].sentence
        if last + 1 < len(self.tokens) and self.tokens[last + 1].sentence == sentence:
            total += self._followed(last)
        if first and self.tokens[first - 1].sentence == sentence and self.is_name(first - 1):
            before = self.tokens[first - 1]
            inside = before.head == last or self.tokens[last].head == before.i
            total -= 0.5 if inside and self.label(first) not in PLACES else 0.0
        return total

    def _followed(self, last: int) -> float:
        after = self.tokens[last + 1].text
        if self.cues.level_of(after):
            return 0.35
        if after in self.cues.office:
            return 0.3
        if not self.is_name(last + 1) or after.lower() in self.cues.site:
            return 0.0
        return 0.0 if self.label(last) in PLACES else -0.45


def spread(tokens: Sequence[Token], first: int, last: int, keep: frozenset[str]) -> int:
    """The last token of the run of capitalised words that begins at `first`."""
    end = first
    while end + 1 <= last:
        text = tokens[end + 1].text
        glued = tokens[end].text in DASHES and tokens[end].end == tokens[end + 1].start
        if not (text[:1].isupper() or glued or text in keep or text in DASHES):
            break
        end += 1
    while end > first and not tokens[end].text[:1].isalnum():
        end -= 1
    return end
