"""How many workers a machine has room for."""

import os
import re
from pathlib import Path

PATIENCE = 900.0  # seconds for a batch; its longest dispatch, a million characters, takes a minute
STARTING = 300.0  # seconds at least for a worker to load its models
MEGABYTES = 700  # of memory that a worker is reckoned with


def workers_here() -> int:
    """A worker for each core that this process may use, but no more than memory has room for."""
    return max(1, min(cores(), available() // MEGABYTES))


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def available(info: Path = Path("/proc/meminfo")) -> int:
    """Megabytes of memory that are free to use; as many as anyone wants where none can tell."""
    if not info.exists():
        return MEGABYTES * cores()
    found = re.search(r"MemAvailable:\s+(\d+) kB", info.read_text("ascii"))
    return int(found[1]) // 1024 if found else MEGABYTES * cores()
