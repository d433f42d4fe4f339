"""The ledger, disputes and plans to read in the terminal."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.cli.incident_list import ID, deed, on, published, status_text
from dateline.cli.incident_page import sides
from dateline.export import one_line, phrase
from dateline.export.conclusions import plan_rows
from dateline.export.ledger import Line
from dateline.export.view import View
from dateline.model.incident import Commitment, Conflict, Corpus, Incident

_STANCE = {"denies": "red", "alleges": "yellow", "claims-responsibility": "yellow"}
_OUTCOME = {"fulfilled": "green", "late": "yellow", "abandoned": "red", "contradicted": "red"}
_WIDE = 100  # columns from which a line of the ledger has five
_HEAD = tuple(map(Text, ("source", "stance", "status", "figure and words", "told by")))
_COLUMNS = ((None, 5), (12, None), (12, None), (None, 6), (None, 5))  # widths and shares
_NARROW_COLUMNS = ((None, 1), (14, None), (None, 1))
_MOST = 3  # dispatches told for a side


def show_ledger(lines: Iterable[Line], found: Mapping[str, View], console: Console) -> None:
    """Print the lines of each incident under its heading."""
    head = _HEAD if console.width >= _WIDE else _narrow(_HEAD)
    for number, (incident, group) in enumerate(groupby(lines, key=lambda x: x.incident)):
        if number == 0:
            console.print(Padding(_grid([head]), (0, 0, 0, 2)), style="dim")
        told = list(group)
        console.print(heading(found[incident]))
        if told[0].disputed:
            slots = ", ".join(map(on, told[0].disputed))
            console.print(Padding(Text(f"DISPUTED: {slots}", style="bold red"), (0, 0, 0, 2)))
        rows = map(_cells, told)
        grid = _grid(rows if console.width >= _WIDE else map(_narrow, rows))
        console.print(Padding(grid, (0, 0, 1, 2)))


def _grid(rows: Iterable[Sequence[Text]]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for number, cells in enumerate(rows):
        if number == 0:
            columns = _COLUMNS if len(cells) == len(_COLUMNS) else _NARROW_COLUMNS
            for width, ratio in columns:
                grid.add_column(width=width, ratio=ratio, overflow="fold")
        grid.add_row(*cells)
    return grid


def _narrow(cells: Sequence[Text]) -> Sequence[Text]:
    """The cells of a line in three columns: status below the stance, outlet below the source."""
    source, stance, status, figure, told = cells
    break_ = Text("\n")
    return break_.join((source, told)), break_.join(x for x in (stance, status) if x), figure


def heading(view: View) -> Text:
    """An incident in one line: when, what, and its id."""
    time = view.incident.time
    when = one_line(phrase(time.value)) if time else "undated"
    return Text.assemble((f"{when}  ", "bold"), deed(view), (f"  {view.incident.id[:ID]}", "dim"))


def _cells(line: Line) -> tuple[Text, ...]:
    source = Text(line.source) if line.source else Text("the dispatch itself", style="dim")
    if line.partisan:
        source.append(" (a party to it)", style="dim")
    figure = Text(f"{line.figure} " if line.figure else "")
    figure.append(" ".join(f"“{x}”" for x in line.words), style="italic dim")
    told = published(line.publisher or line.document, line.published)
    stance = Text(line.stance.replace("-", " "), style=_STANCE.get(line.stance, ""))
    status = Text() if line.stance == "denies" else status_text(line.status)
    return source, stance, status, figure, Text(told, style="dim")


def show_disputes(
    conflicts: Iterable[Conflict], found: Mapping[str, View], console: Console
) -> None:
    """Print contradictions, each with its sides and where these are told."""
    for number, conflict in enumerate(conflicts, 1):
        answered = "; kept up after the denial" if conflict.answered else ""
        head = Text.assemble(
            (f"{number:>2} ", "dim"), (on(conflict.slot), "bold red"),
            (f"  weight {conflict.weight:.2f}{answered}", "dim"),
        )  # fmt: skip
        view = found[conflict.incident]
        lines: list[RenderableType] = [heading(view)]
        for line, side in zip(sides(conflict, {}), conflict.sides, strict=True):
            lines += [line, Padding(Text(_told_by(side, view.incident), style="dim"), (0, 0, 0, 4))]
        console.print(head, Padding(Group(*lines), (0, 0, 1, 3)), sep="\n")


def _told_by(side: Sequence[str], incident: Incident) -> str:
    """The dispatches of a side."""
    tellings = (x for x in incident.status.tellings if x.claim in side)
    told = list(dict.fromkeys(published(x.publisher, x.published) for x in tellings))
    more = f" and {len(told) - _MOST} more" if len(told) > _MOST else ""
    return f"{'; '.join(told[:_MOST])}{more}"


def show_plans(plans: Iterable[Commitment], corpus: Corpus, console: Console) -> None:
    """Print announced acts, each with its outcome and the words that announce it."""
    told = {row["promise"]: row for row in plan_rows(corpus)}
    for number, plan in enumerate(plans, 1):
        row = told.get(plan.promise, {})
        due = f"due by {plan.due}" if plan.due else "no day set"
        outcome = plan.outcome.value
        head = Text.assemble(
            (f"{number:>2} ", "dim"), (outcome, f"bold {_OUTCOME.get(outcome, '')}".strip()),
            f" · {row.get('type')} · {row.get('actors') or 'an unnamed party'} · {due}",
            (f"  {str(row.get('incident') or '')[:ID]}", "dim"),
        )  # fmt: skip
        when = row.get("published") or "undated"
        quote = Text.assemble(
            (f"“{row.get('sentence')}” ", "italic"),
            (f"{row.get('publisher') or 'a dispatch'}, {when}", "dim"),
        )
        console.print(
            head, Padding(Group(quote, Text(one_line(plan.says))), (0, 0, 1, 3)), sep="\n"
        )
