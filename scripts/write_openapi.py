"""Write web/openapi.json, from which the pages' typed client is generated.

python scripts/write_openapi.py [--check]

With --check nothing is written; the exit code is 1 where the file is not what the server says.
"""

import json
import sys
from pathlib import Path

from dateline.review.app import application

FILE = Path(__file__).parents[1] / "web" / "openapi.json"


def schema() -> str:
    """The schema as the file holds it."""
    return json.dumps(application().openapi(), indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Write or compare."""
    told = schema()
    if "--check" in sys.argv[1:]:
        if not FILE.exists() or FILE.read_text("utf-8") != told:
            print(f"{FILE} is out of date: run python scripts/write_openapi.py")
            return 1
        return 0
    FILE.write_text(told, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
