"""The formats in which a corpus can be exported, and the files of each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from dateline.errors import ExportError
from dateline.export import acled_table, cameo, dictionary, polecat, ucdp
from dateline.export import incident_tables as own
from dateline.export.bibliography import bibtex, csl_json
from dateline.export.dossier import docx, dossier, html, markdown, pdf
from dateline.export.dossier.sketch import sketches
from dateline.export.dossier.svg import svg
from dateline.export.ftm import ftm_lines
from dateline.export.geojson import geojson_pieces
from dateline.export.graphml import graphml_pieces
from dateline.export.jsonl import jsonl_lines
from dateline.export.parquet import parquet
from dateline.export.plover import plover_lines
from dateline.export.rows import LEFT_OUT_COLUMNS, LeftOut, tsv_lines
from dateline.export.tables import CLAIM_COLUMNS, Row, claim_rows, csv_lines
from dateline.export.timemap import timemap_files
from dateline.export.view import View, views
from dateline.export.webannotation import webannotation_pieces
from dateline.export.writing import File, put
from dateline.export.xlsx import Sheet, xlsx
from dateline.model.incident import Corpus

Files = Iterator[File]
Tables = Mapping[str, tuple[Sequence[str], Iterable[Row]]]
_MAP = "dossier-map.svg"


def export(corpus: Corpus, formats: Iterable[str], folder: Path) -> tuple[Path, ...]:
    """Write a corpus in some of `FORMATS`, each to its files in the folder; their paths.

    The same corpus gives the same bytes. Nothing half written is left behind.

    Raises:
        ExportError: A format is unknown, or a file cannot be written; names it and a remedy.
    """
    wanted = [format_named(name) for name in dict.fromkeys(formats)]
    return tuple(path for files in wanted for path in put(files(corpus), folder))


def format_named(name: str) -> "Callable[[Corpus], Files]":
    """What makes the files of a format.

    Raises:
        ExportError: There is no such format; names those there are.
    """
    if name not in FORMATS:
        raise ExportError(f"{name}: no format; one of {', '.join(FORMATS)} is expected")
    return FORMATS[name]


def tables(corpus: Corpus) -> Tables:
    """The tables of our own by name: columns and rows."""
    found = list(views(corpus))
    return {
        "incidents": (own.INCIDENT_COLUMNS, map(own.incident_row, found)),
        "claims": (CLAIM_COLUMNS, (row for x in corpus.records for row in claim_rows(x))),
        "tolls": (own.TOLL_COLUMNS, (row for x in found for row in own.toll_rows(x))),
        "sources": (own.SOURCE_COLUMNS, own.source_rows(corpus)),
    }


def _acled(corpus: Corpus, *, numeric: bool) -> Files:
    rows = acled_table.acled_rows(views(corpus), numeric=numeric)
    yield from _filtered("acled-numeric" if numeric else "acled", rows, acled_table.COLUMNS)


def _ucdp(corpus: Corpus) -> Files:
    yield from _filtered("ucdp", ucdp.ucdp_rows(views(corpus)), ucdp.COLUMNS)


def _polecat(corpus: Corpus) -> Files:
    rows, left_out = _parted(polecat.polecat_rows(views(corpus)))
    yield File("polecat.tsv", tsv_lines(rows, polecat.COLUMNS, polecat.MISSING))
    yield from _beside("polecat", left_out)


def _icews(corpus: Corpus) -> Files:
    rows, left_out = _parted(cameo.icews_rows(views(corpus)))
    yield File("icews.tsv", tsv_lines(rows, cameo.COLUMNS))
    yield from _beside("icews", left_out)


def _filtered(name: str, found: Iterable[Row | LeftOut], columns: Sequence[str]) -> Files:
    rows, left_out = _parted(found)
    yield File(f"{name}.csv", csv_lines(rows, columns))
    yield from _beside(name, left_out)


def _parted(found: Iterable[Row | LeftOut]) -> tuple[list[Row], list[LeftOut]]:
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for x in found:
        if isinstance(x, LeftOut):
            left_out.append(x)
        else:
            rows.append(x)
    return rows, left_out


def _beside(name: str, left_out: Iterable[LeftOut]) -> Files:
    """What goes with a layout of others: what is left out, and what its columns mean here."""
    rows = (x.row() for x in left_out)
    yield File(f"{name}-left-out.csv", csv_lines(rows, LEFT_OUT_COLUMNS))
    yield _dictionary(f"{name}-dictionary.csv", (name.removesuffix("-numeric"),))


def _dictionary(file: str, names: Iterable[str]) -> File:
    wanted = set(names)
    meanings = (x for x in dictionary.dictionary_rows() if x["layout"] in wanted)
    return File(file, csv_lines(meanings, dictionary.COLUMNS))


def _csv(corpus: Corpus) -> Files:
    for name, (columns, rows) in tables(corpus).items():
        yield File(f"{name}.csv", csv_lines(rows, columns))
    yield _dictionary("tables-dictionary.csv", tables(corpus))


def _parquet(corpus: Corpus) -> Files:
    for name, (columns, rows) in tables(corpus).items():
        yield File(f"{name}.parquet", parquet(rows, columns))


def _xlsx(corpus: Corpus) -> Files:
    sheets = [Sheet(name, columns, rows) for name, (columns, rows) in tables(corpus).items()]
    names = {sheet.title for sheet in sheets}
    meanings = (x for x in dictionary.dictionary_rows() if x["layout"] in names)
    sheets.append(Sheet("dictionary", dictionary.COLUMNS, meanings))
    yield File("dateline.xlsx", xlsx(sheets))


def _jsonl(corpus: Corpus) -> Files:
    for kind, lines in jsonl_lines(corpus).items():
        yield File(f"{kind}.jsonl", lines)


def _timemap(corpus: Corpus) -> Files:
    for name, content in timemap_files(corpus, views(corpus)).items():
        yield File(f"timemap-{name}.json", (content,))


def _bibliography(corpus: Corpus) -> Files:
    yield File("sources.csl.json", (csl_json(corpus),))
    yield File("sources.bib", bibtex(corpus))


def _of_views(
    name: str, pieces: Callable[[Iterable[View]], Iterable[str]], corpus: Corpus
) -> Files:
    yield File(name, pieces(views(corpus)))


def _of_corpus(name: str, pieces: Callable[[Corpus], Iterable[str]], corpus: Corpus) -> Files:
    yield File(name, pieces(corpus))


def _markdown(corpus: Corpus) -> Files:
    found = dossier(corpus)
    drawn = sketches(found.spots)
    names = [f"dossier-map-{n}.svg" if n > 1 else _MAP for n in range(1, len(drawn) + 1)]
    yield File("dossier.md", (markdown(found, names),))
    for name, picture in zip(names, drawn, strict=True):
        yield File(name, (svg(picture),))


def _html(corpus: Corpus) -> Files:
    yield File("dossier.html", (html(dossier(corpus)),))


def _docx(corpus: Corpus) -> Files:
    yield File("dossier.docx", docx(dossier(corpus)))


def _pdf(corpus: Corpus) -> Files:
    yield File("dossier.pdf", pdf(dossier(corpus)))


FORMATS: Mapping[str, Callable[[Corpus], Files]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "acled": partial(_acled, numeric=False),
    "acled-numeric": partial(_acled, numeric=True),
    "ucdp": _ucdp,
    "polecat": _polecat,
    "icews": _icews,
    "plover": partial(_of_corpus, "plover.jsonl", plover_lines),
    "geojson": partial(_of_views, "incidents.geojson", geojson_pieces),
    "graphml": partial(_of_views, "actors.graphml", graphml_pieces),
    "ftm": partial(_of_views, "entities.ftm.json", ftm_lines),
    "webannotation": partial(_of_corpus, "annotations.jsonld", webannotation_pieces),
    "timemap": _timemap,
    "bibliography": _bibliography,
    "dossier-md": _markdown,
    "dossier-html": _html,
    "dossier-docx": _docx,
    "dossier-pdf": _pdf,
}
