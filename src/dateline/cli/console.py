"""What goes to the terminal beside the results: progress, problems, the count at the end."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import IO, TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from dateline.cli.pace import Pace
from dateline.export import one_line
from dateline.model import Record

if TYPE_CHECKING:
    from dateline.ingest import Meter

WIDTH = 100  # columns of a record written to a file or a pipe
WIDEST = 120  # columns used of a terminal


class Terminal(Console):
    """A console that leaves a closed pipe to the command."""

    def on_broken_pipe(self) -> None:
        """Hand the error on."""
        raise BrokenPipeError


def output(file: IO[str] | None = None) -> Console:
    """Where results go: standard output, plain and `WIDTH` wide unless it is a terminal."""
    stream = file or sys.stdout
    console = Terminal(file=stream, highlight=False)
    console.width = min(console.width, WIDEST) if stream.isatty() else WIDTH
    return console


def errors() -> Console:
    """Where everything that is no result goes."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(problem: str, console: Console | None = None) -> None:
    """Tell one problem on standard error."""
    told = Text.assemble(("dateline: ", "bold red"), one_line(problem))
    (console or errors()).print(told, soft_wrap=True)


@dataclass
class Tally:
    """What became of the dispatches of a run."""

    console: Console = field(default_factory=errors)
    coded: int = 0
    claims: int = 0
    failed: int = 0
    passed: int = 0  # known before, and not coded again

    @property
    def exit_code(self) -> int:
        """0 if every dispatch was coded, else 1."""
        return 1 if self.failed else 0

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        """The same records, counted; problems are told as they come."""
        for record in records:
            if record.problem is None:
                self.coded += 1
                self.claims += len(record.claims)
            else:
                self.failed += 1
                name = record.document.name or record.document.id
                complain(f"{name}: {record.problem}", self.console)
            yield record

    def tell(self) -> None:
        """The count, on standard error."""
        told = f"{_many(self.coded, 'dispatch', 'dispatches')} coded, "
        told += _many(self.claims, "claim", "claims")
        told += f", {self.failed} not coded" if self.failed else ""
        self.console.print(Text(told, style="dim"))


@contextmanager
def progress(
    meter: "Meter | None" = None, wanted: int | None = None, *, shown: bool
) -> Iterator["Tally"]:
    """A tally; if `shown`, it is also seen growing where standard error is a terminal.

    The time left is worked out from how far the reading has come, or from how many are `wanted`.
    """
    console = errors()
    if not shown or not console.is_terminal:
        yield Tally(console)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("loading the parser")
        yield _Shown(bar, task, meter, wanted)


class _Shown(Tally):
    """A tally that updates a progress line."""

    def __init__(
        self, bar: Progress, task: TaskID, meter: "Meter | None", wanted: int | None
    ) -> None:
        super().__init__(bar.console)
        self._bar, self._task = bar, task
        self._meter, self._wanted = meter, wanted
        self._pace = Pace()

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        self._pace.mark(monotonic(), 0, 0.0)
        for record in super().watch(records):
            number = self.coded + self.failed
            self._pace.mark(monotonic(), number, self._share(number + self.passed))
            told = f"{number:,} dispatches, {self.claims:,} claims{self._pace}"
            self._bar.update(self._task, description=told)
            yield record

    def _share(self, number: int) -> float:
        """How much of the work is done; 0 where nobody can tell."""
        counted = min(1.0, number / self._wanted) if self._wanted else 0.0
        meter = self._meter
        if meter is None or meter.share is None or not meter.read:
            return counted
        return max(counted, meter.share * min(1.0, number / meter.read))


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
