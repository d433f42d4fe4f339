"""A corpus for a notebook: its incidents and disputes as tables. No scripts."""

from collections.abc import Iterable, Iterator
from html import escape

from dateline.export.narrative import attribution, sentence
from dateline.export.phrases import phrase, visible
from dateline.export.view import View, views
from dateline.model.incident import Corpus

_MOST = 50  # rows that a notebook shows
_STYLE = (
    ".dateline-corpus td,.dateline-corpus th{text-align:left;vertical-align:top;white-space:normal}"
)


def corpus_fragment(corpus: Corpus) -> str:
    """The first incidents and all that is told against each other, safe beside other output."""
    counts = (
        (len(corpus.records), "dispatch", "dispatches"),
        (len(corpus.incidents), "incident", "incidents"),
        (len(corpus.conflicts), "dispute", "disputes"),
        (len(corpus.commitments), "plan", "plans"),
    )
    about = ", ".join(f"{n:,} {one if n == 1 else more}" for n, one, more in counts)
    shown = list(views(corpus))[:_MOST]
    more = len(corpus.incidents) - len(shown)
    parts = [
        f'<style>{_STYLE}</style><div class="dateline-corpus"><p>{about}</p>',
        _table(("incident", "when", "status", "sources", "what"), map(_incident, shown)),
        f"<p>{more:,} more incidents: to_pandas() has all.</p>" if more else "",
    ]
    if corpus.conflicts:
        parts.append(_table(("dispute", "on", "who says what", "weight"), _disputes(corpus)))
    return "".join((*parts, "</div>"))


def _incident(view: View) -> tuple[str, ...]:
    found = view.incident
    when = phrase(found.time.value) if found.time else ""
    told = f"{sentence(view)} {attribution(view)}".strip()
    return found.id, when, found.status.value, str(found.voices), told


def _disputes(corpus: Corpus) -> Iterator[tuple[str, ...]]:
    for x in corpus.conflicts[:_MOST]:
        answered = " (answered)" if x.answered else ""
        yield x.incident, x.slot, f"{' / '.join(x.says)}{answered}", f"{x.weight:.2f}"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th>{escape(x)}</th>" for x in heads)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(visible(x))}</td>' for x in row)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
