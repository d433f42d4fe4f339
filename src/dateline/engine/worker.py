"""A process of the local pool: it gets the work, then batch after batch, until there are none."""

import logging
import os
import signal
import sys

from dateline.engine.messages import READY, answer, received, send, started


def main() -> None:
    """Work on what comes in, tell what comes out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to end
    logging.getLogger().addHandler(logging.NullHandler())  # a problem is told by its record
    tasks = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a model prints is no answer
    try:
        work = received(tasks)
        job = started(work)
        send(answers, job if isinstance(job, tuple) else (READY, None))
        while not isinstance(job, tuple):
            send(answers, answer(job, received(tasks)))
    except (EOFError, BrokenPipeError):  # the parent is done, or gone
        os._exit(0)


if __name__ == "__main__":
    main()
