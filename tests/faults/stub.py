"""`dateline` with a pipeline that answers at once: a process that tests may starve or kill.

STUB_PAUSE: seconds for each dispatch. STUB_BYTES: the largest file it may write.
"""

import os
import time
from collections.abc import Iterable, Iterator

from tests.cli.conftest import Ready

import dateline.pipeline
from dateline.cli import main
from dateline.model import Document, Record


class Slow(Ready):
    """The ready pipeline, with a pause before each record."""

    def code(self, documents: Iterable[Document | Record]) -> Iterator[Record]:
        """The made claims, one by one."""
        for record in super().code(documents):
            time.sleep(float(os.environ.get("STUB_PAUSE", "0")))
            yield record


if __name__ == "__main__":
    if most := int(os.environ.get("STUB_BYTES", "0")):
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    dateline.pipeline.Pipeline = Slow  # type: ignore[assignment, misc]
    main()
