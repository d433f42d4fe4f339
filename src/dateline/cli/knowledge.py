"""`dateline lint` and `dateline rule`: check the knowledge files, and see what they match."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import starmap
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.cli.console import errors, output
from dateline.cli.options import ConfigFile, Quiet, settings
from dateline.cli.proofs import Fault, Proof, data_files, failing, finds, loadable, names, proofs
from dateline.errors import ConfigError, KnowledgeError
from dateline.export import one_line
from dateline.export.acled import crosswalk
from dateline.knowledge import locate, read
from dateline.knowledge.parties_lint import faults as actor_faults
from dateline.model import Document

if TYPE_CHECKING:
    from dateline.config import Config

RULES = "rules/en"
_AROUND = 30  # characters shown on either side of a match


def lint(config: ConfigFile = None, quiet: Quiet = False) -> None:  # noqa: FBT002 (a flag)
    """Check that every knowledge file keeps its format and that its examples hold.

    An example must be matched by its entry, a counter-example must not. Exit code 1 if any fails.
    """
    paths = list(data_files())
    faults = list(loadable(paths))
    broken = {fault.path for fault in faults}
    told = (path for path in paths if path.endswith(".yaml") and path not in broken)
    tried = [proof for path in told for proof in proofs(path)]
    if not faults:
        faults = [*starmap(Fault, actor_faults()), *_unproven(tried, settings(config))]
    console = output()
    for fault in faults:
        console.print(_told(fault), soft_wrap=True)
    if not quiet:
        count = f"{len(paths)} files, {len(tried)} examples, {len(faults)} faults"
        errors().print(Text(count, style="dim"))
    raise typer.Exit(1 if faults else 0)


def _unproven(tried: Iterable[Proof], config: "Config") -> Iterator[Fault]:
    """The examples that do not hold; only the first format error if a file breaks its own."""
    from dateline.pipeline import Pipeline, annotation_steps

    try:
        crosswalk()
        pipeline = Pipeline(config, annotation_steps(config))
        faults = [*_trigger_faults(pipeline)]
    except KnowledgeError as cause:
        path, _, problem = str(cause).partition(": ")
        yield Fault(path, "", problem)
        return
    yield from failing((x for x in tried if not x.path.startswith(RULES)), pipeline.annotate)
    yield from faults


def _trigger_faults(pipeline: Any) -> Iterator[Fault]:
    """Trigger rules are tried one by one, before any model has its say."""
    from dateline.extract.proof import faults
    from dateline.knowledge.triggers import load

    def parsed(text: str) -> Any:
        return next(iter(pipeline.annotate([Document(text)])))

    for rule_id, problem in faults(load(), parsed):
        stem, _, name = rule_id.partition("#")
        yield Fault(f"{RULES}/{stem}.yaml", name, problem)


def _told(fault: Fault) -> Text:
    where = f"{fault.path}: '{fault.entry}'" if fault.entry else fault.path
    return Text.assemble((where, "bold"), f": {one_line(fault.problem)}")


def rule(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A knowledge file (rules/en/assault.yaml, or only assault), or your own edited "
            "copy of a trigger file.",
            show_default=False,
        ),
    ],
    config: ConfigFile = None,
) -> None:
    """Show what the entries of a rule or lexicon file match in the sample dispatches."""
    from dateline.ingest import read as dispatches
    from dateline.pipeline import Pipeline, annotation_steps

    path = _known(file)
    samples = [x for x in dispatches(str(locate("samples"))) if isinstance(x, Document)]
    docs = list(Pipeline(settings(config), annotation_steps(settings(config))).annotate(samples))
    if path is None or path.startswith(RULES):
        _show(path or file, _triggers(path or file, docs), docs, output())
    else:
        _show(path, _matches(path, docs), docs, output())


def _known(file: str) -> str | None:
    """The packaged file meant; None for a file of the user's own."""
    if Path(file).is_file():
        return None
    bare = PurePath(file).with_suffix("").as_posix()
    fitting = [x for x in data_files() if f"/{PurePath(x).with_suffix('')}".endswith(f"/{bare}")]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise ConfigError(f"{file}: which of {', '.join(fitting)}?")
    raise ConfigError(f"{file}: neither a file nor one of {', '.join(data_files())}")


Matches = Mapping[str, list[tuple[Any, int, int]]]


def _matches(path: str, docs: Iterable[Any]) -> Matches:
    found: dict[str, list[tuple[Any, int, int]]] = defaultdict(list)
    for doc in docs:
        for x in dict.fromkeys(finds(doc)):
            if names(x.found_by, path):
                found[x.found_by.partition("#")[2]].append((doc, x.start, x.end))
    return found


def _triggers(file: str, docs: Iterable[Any]) -> Matches:
    """What trigger rules match, before a model judges it."""
    from dateline.extract.triggers import Triggers
    from dateline.knowledge.triggers import load

    finder = Triggers(load((file,)))
    found: dict[str, list[tuple[Any, int, int]]] = defaultdict(list)
    for doc in docs:
        for hits in finder(doc.parse).values():
            for hit in hits:
                span = doc.parse.span(hit.first, hit.last)
                found[hit.rule_id.partition("#")[2]].append((doc, span.start, span.end))
    return found


def _show(path: str, matches: Matches, docs: list[Any], console: Console) -> None:
    content = read(path) if path.endswith((".yaml", ".yml")) else {}
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path}: a mapping from entry names to fields is expected")
    for name in dict.fromkeys([*(str(x) for x in content), *matches]):
        found = matches.get(name, [])
        if not found:
            continue
        console.print(Text.assemble((name, "bold"), (f"  {len(found)}", "dim")))
        console.print(_concordance(found))
    idle = [str(name) for name in content if not matches.get(str(name))]
    if idle:
        console.print(Text.assemble(("no match: ", "dim"), ", ".join(idle)))
    total = sum(map(len, matches.values()))
    places = len(Counter(doc.document.id for found in matches.values() for doc, *_ in found))
    told = f"{total} matches in {places} of {len(docs)} sample dispatches"
    errors().print(Text(told, style="dim"))


def _concordance(found: list[tuple[Any, int, int]]) -> Table:
    """The matches one below the other, each in the words around it."""
    longest = max(len(one_line(doc.text[start:end])) for doc, start, end in found)
    lines = Table.grid(padding=(0, 1))
    lines.add_column(width=_AROUND, justify="right", no_wrap=True, overflow="crop")
    lines.add_column(width=min(longest, _AROUND), no_wrap=True, style="bold")
    lines.add_column(width=_AROUND, no_wrap=True, overflow="crop")
    lines.add_column(no_wrap=True, overflow="ellipsis", style="dim")
    for doc, start, end in found:
        before = one_line(doc.text[max(0, start - 2 * _AROUND) : start])[-_AROUND:]
        after = one_line(doc.text[end : end + 2 * _AROUND])[:_AROUND]
        words = one_line(doc.text[start:end])
        lines.add_row(*map(Text, (before, words, after, doc.document.name)))
    return lines
