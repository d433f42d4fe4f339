"""What a run got right, kept so that the next run can tell its gains and losses."""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dateline.errors import GoldError
from dateline.evaluate.score import Outcome, Score, Verdicts

LAYOUT = 1
GAIN, LOSS = "gain", "loss"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a run has gained or lost against an earlier one; `kind` is gain or loss."""

    kind: str
    document: str
    what: str

    def __str__(self) -> str:
        return f"{'+' if self.kind == GAIN else '-'} {self.document}: {self.what}"


@dataclass(frozen=True, slots=True)
class Run:
    """The figures of a run and what became of every gold event in it.

    `corpus` is the fingerprint of the gold records; runs on different ones do not compare.
    """

    corpus: str
    figures: Mapping[str, Any]
    documents: tuple[Verdicts, ...]

    @classmethod
    def of(cls, corpus: str, result: Score) -> "Run":
        """The run behind a score."""
        return cls(corpus, result.as_dict(), result.documents)

    def save(self, path: str | Path) -> None:
        """Write it as JSON; folders are made as needed, and a file there is replaced."""
        path = Path(path)
        content = {"layout": LAYOUT, "corpus": self.corpus, "figures": self.figures}
        content["documents"] = [asdict(x) for x in self.documents]
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part{os.getpid()}")
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
        part.replace(path)

    def since(self, earlier: "Run") -> list[Change]:
        """Gains and losses against an earlier run, gains first, in the order of the documents.

        Raises:
            GoldError: The runs were scored against different gold records.
        """
        if self.corpus != earlier.corpus:
            raise GoldError("runs on different gold records do not compare; record a run anew")
        before = {doc.name: doc for doc in earlier.documents}
        changes = [
            change
            for doc in self.documents
            for change in _changes(before.get(doc.name, Verdicts(doc.name, ())), doc)
        ]
        return sorted(changes, key=lambda change: change.kind != GAIN)


def run_file(corpus: str) -> Path:
    """Where the last run on a corpus is kept unless the user names a file.

    It lies in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`), one file per corpus.
    """
    cache = os.environ.get("XDG_CACHE_HOME")
    base = Path(cache) if cache else Path.home() / ".cache"
    return base / "dateline" / "runs" / f"{corpus[:16]}.json"


def load_run(path: str | Path) -> Run | None:
    """A recorded run; None when there is no such file.

    Raises:
        GoldError: The file is no recorded run of this layout.
    """
    path = Path(path)
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["layout"] != LAYOUT:
            raise ValueError(f"layout {content['layout']}, {LAYOUT} is expected")
        documents = tuple(map(_verdicts, content["documents"]))
        return Run(str(content["corpus"]), content["figures"], documents)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        raise GoldError(
            f"{path}: no recorded run ({type(cause).__name__}: {cause}); remove it or name another"
        ) from cause


def _verdicts(fields: Mapping[str, Any]) -> Verdicts:
    outcomes = tuple(Outcome(**{**x, "wrong": tuple(x["wrong"])}) for x in fields["outcomes"])
    return Verdicts(fields["name"], outcomes, tuple(fields["spurious"]))


def _changes(before: Verdicts, after: Verdicts) -> Iterator[Change]:
    earlier = {x.id: x for x in before.outcomes}
    for now in after.outcomes:
        label = f"{now.id} {now.type} “{now.trigger}”"
        then = earlier.get(now.id, Outcome(now.id, now.type, now.trigger, "missed"))
        if (then.verdict == "found") != (now.verdict == "found"):
            kind, verdict = (GAIN, "found") if now.verdict == "found" else (LOSS, now.verdict)
            yield Change(kind, after.name, f"{label} {verdict}")
        elif now.verdict == "found":
            for slot in _only(then.wrong, now.wrong):
                yield Change(GAIN, after.name, f"{label} {slot} fixed")
            for slot in _only(now.wrong, then.wrong):
                yield Change(LOSS, after.name, f"{label} {slot} broken")
    for label in _only(before.spurious, after.spurious):
        yield Change(GAIN, after.name, f"{label} no longer invented")
    for label in _only(after.spurious, before.spurious):
        yield Change(LOSS, after.name, f"{label} invented")


def _only(a: Sequence[str], b: Sequence[str]) -> list[str]:
    return sorted((Counter(a) - Counter(b)).elements())
