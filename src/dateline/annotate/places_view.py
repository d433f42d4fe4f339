"""The words around a name, and what they tell: a place or not, of which level."""

from collections.abc import Sequence

from dateline.annotate.places_cues import ARTICLES, Cues
from dateline.knowledge.geography import Feature, fold
from dateline.model import NamedEntity, Parse, Token

PLACES = frozenset({"GPE", "LOC", "FAC"})
DASHES = frozenset({"-", "–", "—", "‐", "‑", "/"})
LONGEST = 6  # tokens of a name
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})
_SKIPPED = frozenset({"the", "central", "northern", "southern", "eastern", "western", "greater"})
_INSIDE = frozenset({"in", "near", "outside", "around", "at"})
_LONGER = {"PERSON": -0.9, "ORG": -0.6, "NORP": -0.6}  # part of a longer name so tagged
_ALONE = {"ORG": -0.1, "NORP": -0.1}
_FUNCTION = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "ADV", "PUNCT"})
_OPENING = frozenset({"(", "—", "–", "-", "--"})
_KINDS = frozenset({"capital", "village", "town", "city", "hamlet"})
_LIST = frozenset({",", "and", "or", "&", "the"})
_INNER = frozenset(
    [
        *(
            "of",
            "the",
            "and",
            "de",
            "del",
            "della",
            "di",
            "da",
            "do",
            "dos",
            "das",
            "du",
            "des",
            "d",
        ),
        *("la", "le", "les", "las", "los", "el", "al", "as", "a", "y", "e", "en", "sur", "sous"),
        *("ben", "bin", "bou", "ould", "van", "der", "den", "am", "an", "im", "in", "upon", "on"),
        *("d", "'", "’", ".", "i", "und", "al-", "el-", "ash", "ad", "az", "to", "et", "aux", "au"),
    ]
)
_AREAS = frozenset({"peninsula", "region", "states", "territories", "crossing", "camp", "basin"})


class View:
    """One parse seen from the names in it."""

    def __init__(self, parse: Parse, text: str, cues: Cues) -> None:
        self.parse, self.tokens, self.cues = parse, parse.tokens, cues
        self.texts = [t.text for t in parse.tokens]
        self.capital = [x[:1].isupper() for x in self.texts]
        self._text = text
        self._common = {x for x, big in zip(self.texts, self.capital, strict=True) if not big}
        self._entities: dict[int, NamedEntity] = {}
        self._led: dict[int, float] = {}
        self._surnames: set[str] = set()
        self._persons: set[str] = set()
        for entity in parse.entities:
            self._entities.update(dict.fromkeys(range(entity.first, entity.last + 1), entity))
            if entity.label == "PERSON":
                self._remember(entity)

    def _remember(self, entity: NamedEntity) -> None:
        """Keep the last name of a person told in full."""
        last = entity.last
        while last > entity.first and self.tokens[last].text in POSSESSIVE:
            last -= 1
        self._persons.update(fold(t.text) for t in self.tokens[entity.first : last + 1])
        if last > entity.first and self.tokens[last].text[:1].isupper():
            self._surnames.add(fold(self.tokens[last].text))

    def words(self, first: int, last: int) -> str:
        """The text from token `first` to token `last`."""
        return self._text[self.tokens[first].start : self.tokens[last].end]

    def starts(self) -> list[int]:
        """The tokens at which a name can begin."""
        low = self.cues.lowered
        return [
            k
            for k, text in enumerate(self.texts)
            if (self._may_open(k) if self.capital[k] else text in low and self._may_start(k))
        ]

    def _may_open(self, at: int) -> bool:
        """Whether a capitalised word can begin a name: no second name, no "The" on its own."""
        entity = self._entities.get(at)
        if entity is not None:
            return entity.first == at or entity.label != "PERSON"
        if self.tokens[at].pos not in _FUNCTION:
            return True
        after = at + 1
        return after < len(self.texts) and (self.capital[after] or self.texts[after] in DASHES)

    def _may_start(self, at: int) -> bool:
        """Whether a name can begin at a token without a capital: "al-Bab", "eastern Ghouta"."""
        text = self.texts[at]
        after = "".join(self.texts[at + 1 : at + 3])
        dashed = after[:1] in DASHES and after[1:2].isupper()
        if text in self.cues.direction:
            return dashed or after[:1].isupper()
        return dashed or (text in {"al", "el"} and after[:1].isupper())

    def ends(self, at: int, last: int) -> list[int]:
        """The tokens at which a name that begins at `at` can end, the farthest first."""
        out = []
        for end in range(at, min(last, at + LONGEST - 1) + 1):
            text = self.texts[end]
            dashed = end > at and self.texts[end - 1] in DASHES and len(text) > 2
            if self.capital[end] or dashed or text[:1].isdigit() or text in _AREAS:
                out.append(end)
            elif end > at and text not in _INNER and text not in DASHES:
                break
        out.reverse()
        return out

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
        """The type word after a name ("Kunduz province") and the last token of both.

        One that closes a list is in the plural ("Anbar and Wasit provinces").
        """
        if last + 1 < len(self.tokens):
            word = self.texts[last + 1]
            if self.cues.level_of(word):
                return word, last + 1
            if word in {",", "and"} and (plural := self._plural_after(last + 1)):
                return plural, last
        word = self.texts[last]
        return (word if self.cues.level_of(word) else ""), last

    def _plural_after(self, at: int) -> str:
        """The plural type word that closes a list ("Anbar, Diyala and Wasit provinces")."""
        for token in self.tokens[at : at + 24]:
            if token.text.lower() in self.cues.plural:
                return token.text
            if not token.text[:1].isupper() and token.text not in _LIST | DASHES | ARTICLES:
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
    def is_common(self, key: str) -> bool:
        """Whether a folded name is a plain word elsewhere in the text ("government")."""
        return key in self._common

    def belief(self, first: int, last: int, key: str, best: Feature | None) -> float:
        """What the words around add to (or take from) the belief that the words name a place."""
        total = self._tagged(first, last, best) + self.led(first) + self._beside(first, last)
        if key in self._common and (best is None or best.weight < 1_000_000):
            total -= 0.3
        if self._opens(first, last):
            total += 0.35
        if self.tokens[last].pos not in {"PROPN", "X"} and self.label(last) not in PLACES:
            total -= 0.45
        if key in self.cues.common:
            total -= 0.5
        if key in self._surnames and (best is None or best.level != "country"):
            total -= 0.5
        if self._branches(first) and (best is None or best.level in {"region", "adm1"}):
            total -= 0.9
        if key in self.cues.person and self._is_person(first, last, key):
            total -= 0.9
        return total

    def _branches(self, first: int) -> bool:
        """Whether the words go on the name of a group: "Islamic State in the Greater Sahara"."""
        at = first - 1
        while at > 0 and self.texts[at].lower() in _SKIPPED:
            at -= 1
        return (
            at > 0 and self.texts[at] in {"in", "of"} and self.texts[at - 1] in self.cues.branched
        )

    def _is_person(self, first: int, last: int, key: str) -> bool:
        """Whether a name that people bear is one's here: "Georgia Tomlin", "Chad told his wife"."""
        if self.led(first) >= 0.25 or self.kind_after(last)[0]:
            return False
        after = self.texts[last + 1].lower() if last + 1 < len(self.texts) else ""
        cues = self.cues
        known = after in cues.site | cues.office | cues.common | cues.title
        if after and self.is_name(last + 1) and not known:
            self._persons.add(key)
        return key in self._persons

    def _tagged(self, first: int, last: int, best: Feature | None) -> float:
        """What the tagger adds or takes away."""
        entity = self._entities.get(first) or self._entities.get(last)
        if entity is None:
            return 0.0
        longer, label = self._longer(entity, first, last), entity.label
        if label in PLACES:
            return 0.1 if longer and label == "FAC" else 0.3
        if label in TIMES:
            return 0.0 if self._runs_on(entity, first, last) else -0.6
        if label == "PERSON" and not longer:
            return -0.1 if best is not None and best.level == "country" else -0.2
        if label in {"ORG", "NORP"} and longer and first > 0:
            return -0.05 if self.texts[first - 1] in {"of", "in"} else -0.6
        return _LONGER.get(label, -0.4) if longer else _ALONE.get(label, -0.15)

    def _opens(self, first: int, last: int) -> bool:
        """Whether the words open a dispatch as its dateline: "BEIRUT (AP) -", "Accra, 4 July -"."""
        if first != self.parse.sentence(first)[0] or last + 1 >= len(self.texts):
            return False
        if not (first == 0 or self.texts[first - 1].isspace()):
            return False
        return self.texts[first].isupper() or self.texts[last + 1] in _OPENING

    def _runs_on(self, entity: NamedEntity, first: int, last: int) -> bool:
        """Whether the tagger took a name into the time told after it ("Ber between 2018 and …")."""
        after = self.texts[last + 1] if last < entity.last else ""
        return entity.first == first and self.is_name(first) and after.islower()

    def inside_longer(self, first: int, last: int) -> bool:
        """Whether the words are part of a longer name the tagger found."""
        entity = self._entities.get(first) or self._entities.get(last)
        return entity is not None and self._longer(entity, first, last)

    def _longer(self, entity: NamedEntity, first: int, last: int) -> bool:
        """Whether the tagger's name has words beyond these, articles and type words aside."""
        start, end = entity.first, entity.last
        while start < first and self.tokens[start].text.lower() in {"the", "a"}:
            start += 1
        while end > last and not (self.capital[end] or self.texts[end][:1].isdigit()):
            end -= 1
        while end > last and (self.texts[end] in POSSESSIVE or self.cues.level_of(self.texts[end])):
            end -= 1
        return start < first or end > last

    def led(self, first: int) -> float:
        """What the words before add: a locative preposition, a type word, a title, a verb."""
        found = self._led.get(first)
        if found is None:
            found = self._led[first] = self._led_in(first)
        return found

    def _led_in(self, first: int) -> float:
        at = first - 1
        while at >= 0 and self.texts[at].lower() in _SKIPPED:
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
        word, before = self.texts[at].lower().rstrip("."), self.texts[at - 1] if at else ""
        if word in self.cues.title:
            return -0.6
        if word in _KINDS or (word == "of" and self.cues.level_of(before)):
            return 0.4
        if word == "of" and before:
            return 0.3 if before.lower() in self.cues.part else 0.05
        if word == "on" and before.lower() in self.cues.struck:
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
