"""Ask the advisories for known holes in the locked packages; one line where none can be asked.

python scripts/audit.py [LOCK…]
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LOCKS = Path(__file__).parents[1] / "requirements"
_ASK = (
    *(sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip"),
    *("--progress-spinner", "off", "--format", "json", "--requirement"),
)
_LONGEST = 120  # seconds to wait for the advisories


def main(arguments: Sequence[str]) -> int:
    """Audit locks; 1 if a package has a known hole."""
    locks = [Path(x) for x in arguments] or [LOCKS / "runtime.txt", LOCKS / "dev.txt"]
    wrong = 0
    for lock in locks:
        told = ask(lock)
        if told is None:
            print(f"{lock.name}: pip-audit is not there or reaches no advisories: not audited")
            continue
        found, skipped = holes(told)
        print("\n".join(found)) if found else None
        print(f"{lock.name}: {len(found)} known holes; {skipped} packages could not be looked up")
        wrong += len(found)
    return int(wrong > 0)


def ask(lock: Path) -> Any:
    """What pip-audit tells of a lock; None where it cannot run or looked up nothing."""
    try:
        done = subprocess.run(  # noqa: S603 (our own words)
            [*_ASK, str(lock)],
            capture_output=True, text=True, check=False, timeout=_LONGEST,
        )  # fmt: skip
        told = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return told if any("skip_reason" not in x for x in told["dependencies"]) else None


def holes(told: Any) -> tuple[list[str], int]:
    """The known holes, a line each, and how many packages were not looked up."""
    lines = [
        f"{x['name']} {x['version']}: {hole['id']}, mended in "
        f"{', '.join(hole['fix_versions']) or 'no version yet'}"
        for x in told["dependencies"]
        for hole in x.get("vulns", ())
    ]
    return lines, sum("skip_reason" in x for x in told["dependencies"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
