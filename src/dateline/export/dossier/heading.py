"""What a dossier is about, in one line: the party, the countries and the time of its incidents."""

from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.export.narrative import day, place_name, sentence
from dateline.export.phrases import is_proper, one_line
from dateline.export.view import View
from dateline.model.incident import Corpus

NOTHING = "Dossier without incidents"
_MOST = 0.6  # share of the incidents that a party takes part in to be what they are about
_SOME = 0.1  # share of the incidents from which a country is named
_NAMED = 3  # countries that are named


def heading(corpus: Corpus, found: Sequence[View]) -> str:
    """The title of a dossier: of one incident its place and day, of several what they share."""
    if not found:
        return NOTHING
    if len(found) == 1:
        return _one(found[0])
    party, lands = _party(found), _lands(found)
    where = f"{party} in {lands}" if party and lands else party or lands or "Incidents"
    return f"{where}, {_time(corpus, found)}".rstrip(", ")


def _one(view: View) -> str:
    """The place and the day of an incident, else all of it in a sentence."""
    where = place_name(view.place) if view.place else ""
    when = day(view.days.first.isoformat()) if view.days else ""
    told = ", ".join(x for x in (where, when) if x)
    return one_line(told) or sentence(view).rstrip(".")


def _party(found: Sequence[View]) -> str:
    """The party that takes part in most of the incidents; empty if none does."""
    told: Counter[str] = Counter()
    for view in found:
        told.update({x.name for x in (*view.actors, *view.recipients) if is_proper(x.name)})
    name, often = max(told.items(), key=lambda x: (x[1], x[0]), default=("", 0))
    return one_line(name) if often >= _MOST * len(found) else ""


def _lands(found: Sequence[View]) -> str:
    """The countries in which most of the incidents lie, "and others" if more are left out."""
    told = Counter(x for view in found if (x := view.nation))
    total = sum(told.values())
    ordered = sorted(told.items(), key=lambda x: (-x[1], x[0].name))
    named = [x.name for x, often in ordered if often >= _SOME * total][:_NAMED]
    if len(named) < len(ordered):
        return f"{', '.join(named)} and elsewhere"
    return _listed(named)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(x for x in (", ".join(names[:-1]), *names[-1:]) if x)


def _time(corpus: Corpus, found: Iterable[View]) -> str:
    """The months over which the incidents and what was told of them lie.

    What a dispatch tells of the distant past is background: the dispatches' own months count where
    they are known.
    """
    told = [x.document.published for x in corpus.records if x.document.published]
    spans = [x.days for x in found if x.days]
    if not told and not spans:
        return ""
    first = min(told) if told else min(x.first for x in spans)
    last = max(told) if told else max(x.last for x in spans)
    if first == last:
        return day(first.isoformat())
    start, end = (day(x.isoformat()[:7]) for x in (first, last))
    return start if start == end else f"{start} to {end}"
