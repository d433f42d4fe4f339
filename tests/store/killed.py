"""Adds dispatches to a store and dies on the way; run by the tests as a process of its own.

python -m tests.store.killed ADDRESS COUNT [MEGABYTES [STATEMENT…]]

Tells on standard output each dispatch that is committed. No file may grow beyond MEGABYTES (0: as
it likes). For each STATEMENT a child begins anew and kills itself once it has executed so many
statements, wherever in a transaction that is; a line on standard input asks for the next.
"""

import os
import resource
import signal
import sys

import sqlalchemy as sa
from tests.store.store_builders import CODER, dispatch

from dateline.store import Store


def main(address: str, count: int, megabytes: float = 0, *moments: int) -> None:
    """Add so many dispatches, or fewer."""
    if megabytes:
        size = int(megabytes * 2**20)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    if not moments:
        add(address, count, 0)
        tell("done")
    for moment in moments:
        child = os.fork()
        if not child:
            add(address, count, moment)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        tell(f"died of {os.WTERMSIG(status)}")
        sys.stdin.readline()


def add(address: str, count: int, moment: int) -> None:
    """Add dispatches until the moment has come."""
    with Store.open(address) as store:
        if moment:
            _die_after(store._database.engine, moment)
        run = store.start_run(CODER)
        for number in range(count):
            tell(f"{number} {store.add(dispatch(number), run).name}")
        store.finish_run(run)


def tell(line: str) -> None:
    """Print a line that the tests read at once."""
    print(line, flush=True)  # noqa: T201 (read by the tests)


def _die_after(engine: sa.Engine, statement: int) -> None:
    seen = 0

    def executed(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(engine, "after_cursor_execute", executed)


if __name__ == "__main__":
    limit = float(sys.argv[3]) if sys.argv[3:] else 0
    main(sys.argv[1], int(sys.argv[2]), limit, *map(int, sys.argv[4:]))
