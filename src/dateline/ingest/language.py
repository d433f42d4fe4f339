"""Is a text surely in another language than English?"""

import re
from functools import lru_cache
from typing import Any

# Words that are frequent in any English prose and rare or absent in other languages.
_COMMON = frozenset({
    "the", "of", "and", "to", "that", "said", "with", "from", "were", "was", "has", "have", "had",
    "their", "which", "would", "who", "been", "are", "by", "this", "for", "his", "they", "will",
    "after",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_SHARE = 0.1
_PART = 800  # characters looked at in each of three places
_ENOUGH = 80  # letters below which no guess is made
_ENOUGH_OTHER = 20  # the same for scripts other than Latin, which English never uses
_SURE = 0.95  # needed for Latin script; any other script settles the matter


def foreign(text: str) -> str | None:
    """The code of the language (ISO 639-1) if a text is long enough and surely not English.

    A text with any plainly English part counts as English. Most English prose is told by its
    frequent words alone, in microseconds; only the rest goes through the classifier.
    """
    parts = _parts(text)
    if any(_plain(part) for part in parts):
        return None
    sample = " ".join(parts)
    letters = [c for c in sample if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters) * 2 > len(letters)
    if len(letters) < (_ENOUGH if latin else _ENOUGH_OTHER):
        return None
    code, confidence = _identifier().classify(sample)
    return str(code) if code != "en" and (confidence >= _SURE or not latin) else None


def _parts(text: str) -> list[str]:
    if len(text) <= 3 * _PART:
        return [text]
    middle = len(text) // 2
    return [text[:_PART], text[middle : middle + _PART], text[-_PART:]]


def _plain(part: str) -> bool:
    words = _WORD.findall(part.lower())
    return sum(w in _COMMON for w in words) > _ENGLISH_SHARE * max(len(words), 8)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
