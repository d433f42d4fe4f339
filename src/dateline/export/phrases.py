"""Values in words a reader understands at once."""

import unicodedata
from collections.abc import Callable
from typing import Any

from dateline.model import Claim, Count, Party, Period, Place, Reading, Sourcing

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def phrase(value: Any) -> str:
    """A slot's value in words.

    >>> phrase(Count("killed", "soldiers", low=20, best=20))
    'at least 20 soldiers killed'
    >>> phrase(Party("Government of Mali", "MLI", "GOV"))
    'Government of Mali (MLI GOV)'
    """
    for kind, words in _PHRASES.items():
        if isinstance(value, kind):
            return words(value)
    return str(value)


def figure(count: Count) -> str:
    """How many, with what is certain about it.

    >>> figure(Count("injured", "people", low=20, high=25))
    '20 to 25'
    """
    low, best, high = count.low, count.best, count.high
    if best is not None and low == high == best:
        return f"{best:,}" if best else "no"
    if low is not None and high is not None:
        told = f"{low:,} to {high:,}"
        return told if best is None else f"{told} (best {best:,})"
    if low is not None:
        return f"at least {low:,}" if best in {None, low} else f"{best:,} (at least {low:,})"
    if high is not None:
        return f"up to {high:,}" if best in {None, high} else f"{best:,} (up to {high:,})"
    return f"{best:,}" if best is not None else "an untold number of"


def quotes(reading: Reading[Any], text: str) -> tuple[str, ...]:
    """The words of the dispatch that a value rests on, each on one line."""
    return tuple(one_line(span.of(text)) for span in reading.evidence)


def told_apart(claim: Claim) -> tuple[tuple[str, Reading[Any]], ...]:
    """Status and mode where words beside the triggers tell them ("plans to", "by drone")."""
    triggers = (*claim.type.evidence, *claim.mentions)
    both = (("status", claim.status), ("mode", claim.mode))
    return tuple(
        (slot, found)
        for slot, found in both
        if found and not all(any(t.covers(x) for t in triggers) for x in found.evidence)
    )


def one_line(text: str) -> str:
    r"""Text with runs of white space made one blank and hidden characters made visible.

    >>> one_line("in the\n  north\x1b[31m")
    'in the north␛[31m'
    """
    return visible(" ".join(text.split()))


def visible(text: str) -> str:
    """Text that cannot steer a terminal or hide its own order; line breaks and tabs are kept."""
    if text.isprintable():
        return text
    return "".join(c if c in "\n\t" or _harmless(c) else _picture(c) for c in text)


def is_proper(name: str) -> bool:
    """Whether a party's name is one of its own, not only what kind of people they are.

    >>> is_proper("Hill Front"), is_proper("Malian soldiers"), is_proper("")
    (True, False, False)
    """
    last = name.split()[-1:]
    return bool(last) and any(char.isupper() for char in last[0])


def _harmless(char: str) -> bool:
    return char in "\u200c\u200d\u00ad" or unicodedata.category(char) not in _HIDDEN


def _picture(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def _party(party: Party) -> str:
    codes = " ".join(x for x in (party.country, party.sector) if x)
    return f"{party.name} ({codes})" if codes else party.name


def _place(place: Place) -> str:
    inside = [x for x in (place.admin1, place.country) if x and x != place.name]
    told = ", ".join([place.name, *inside])
    return told if place.level == "town" else f"{told} ({place.level})"


def _period(period: Period) -> str:
    if period.start is None and period.end is None:
        return "not settled"
    if period.start == period.end:
        return str(period.start)
    if period.end is None:
        return f"since {period.start}"
    return f"until {period.end}" if period.start is None else f"{period.start} to {period.end}"


def _count(count: Count) -> str:
    verb = "" if count.kind in {"participants", "forces"} else f" {count.kind}"
    if count.kind in {"participants", "forces"} and count.who != count.kind:
        verb = f" ({count.kind})"
    who = "person" if count.who == "people" and figure(count) == "1" else count.who
    told = f"{figure(count)} {who}{verb}".replace("  ", " ")
    return f"{told}, according to {count.source}" if count.source else told


def _sourcing(sourcing: Sourcing) -> str:
    return f"{sourcing.name} ({sourcing.stance.replace('-', ' ')})"


_PHRASES: dict[type, Callable[[Any], str]] = {
    Party: _party,
    Place: _place,
    Period: _period,
    Count: _count,
    Sourcing: _sourcing,
}
