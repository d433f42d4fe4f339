"""A release: a folder of exports with what a reader needs to trust, cite and compare them."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dateline.errors import ExportError
from dateline.export.dictionary import COLUMNS, dictionary_rows, layouts
from dateline.export.formats import export
from dateline.export.redact import profile, redact
from dateline.export.tables import csv_lines
from dateline.export.writing import File, put, whole_folder
from dateline.model.codec_incident import encode_incident
from dateline.model.incident import Corpus

Json = dict[str, Any]
INDEX, MANIFEST, CHANGES = "index.jsonl", "release.json", "changes.csv"
_CHANGE_COLUMNS = ("incident", "change", "into")
_MEDIA = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "graphml": "application/graphml+xml",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown",
    "html": "text/html",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a release holds, under which name and licence, and what is redacted (a profile).

    `filters` tell, in words, which incidents were chosen for the corpus.
    """

    formats: tuple[str, ...] = ("csv", "jsonl", "geojson", "acled", "ucdp")
    title: str = "Dateline release"
    licence: str = ""
    redaction: str | None = None
    filters: tuple[str, ...] = ()


class Changes(NamedTuple):
    """What became of incidents (ids) since the release before; `merged` tells into which."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    merged: Mapping[str, str] = {}


def release(
    corpus: Corpus, folder: Path, previous: Path | None = None, terms: Terms | None = None
) -> Json:
    """Write a release into a new folder and give its manifest (release.json).

    Beside the exports it holds a data dictionary, the hash of every file, an index of all
    incidents, and which of them were added, changed, deleted or merged since the release in
    `previous`. What
    the terms redact is in none of its files. The same corpus and terms give the same bytes.

    Raises:
        ExportError: The folder is there already or cannot be written, or `previous` is no release.
    """
    terms = terms or Terms()
    shown = redact(corpus, profile(terms.redaction)) if terms.redaction else corpus
    before = _index(previous) if previous else {}
    prints = {x.id: fingerprint(encode_incident(x)) for x in shown.incidents}
    merged = {old: x.id for x in shown.incidents for old in x.merged}
    changes = compare(before, prints, merged)
    with whole_folder(folder) as part:
        export(shown, terms.formats, part)
        put(_companions(prints, changes), part)
        files = [_described(path) for path in sorted(part.iterdir())]
        manifest = _manifest(shown, terms, changes, files)
        put((File(MANIFEST, (_text(manifest),)),), part)
        put((File("CITATION.cff", (_citation(manifest),)),), part)
        put((File("datapackage.json", (_text(_package(manifest, part)),)),), part)
    return manifest


def compare(
    before: Mapping[str, str], now: Mapping[str, str], merged: Mapping[str, str]
) -> Changes:
    """What changed between two indexes (fingerprints of incidents by id).

    An id that is gone counts as merged where one of today's incidents names it, else as deleted.
    """
    gone = sorted(before.keys() - now.keys())
    return Changes(
        tuple(sorted(now.keys() - before.keys())),
        tuple(sorted(x for x in now.keys() & before.keys() if now[x] != before[x])),
        tuple(x for x in gone if x not in merged),
        {x: merged[x] for x in gone if x in merged},
    )


def fingerprint(fields: Json) -> str:
    """A hash of JSON values, the same whatever the order of keys."""
    return sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _companions(prints: Mapping[str, str], changes: Changes) -> Iterator[File]:
    yield File("data-dictionary.csv", csv_lines(dictionary_rows(), COLUMNS))
    lines = (json.dumps({"incident": x, "sha256": y}) + "\n" for x, y in sorted(prints.items()))
    yield File(INDEX, lines)
    rows = [
        (x, kind, None) for kind in ("added", "changed", "deleted") for x in getattr(changes, kind)
    ]
    told = [*rows, *((old, "merged", new) for old, new in changes.merged.items())]
    cells = (dict(zip(_CHANGE_COLUMNS, x, strict=True)) for x in told)
    yield File(CHANGES, csv_lines(cells, _CHANGE_COLUMNS))


def _manifest(corpus: Corpus, terms: Terms, changes: Changes, files: list[Json]) -> Json:
    digest = fingerprint({"files": files, "terms": asdict(terms)})
    return {
        "id": f"release-{digest[:12]}",
        **asdict(terms),
        "formats": list(terms.formats),
        "filters": list(terms.filters),
        "licence": terms.licence or None,
        "policies": sorted({x.type.policy for x in corpus.incidents}),
        "counts": {
            "dispatches": len(corpus.records),
            "not_coded": sum(x.problem is not None for x in corpus.records),
            "claims": sum(len(x.claims) for x in corpus.records),
            "incidents": len(corpus.incidents),
            "origins": len(corpus.origins),
        },
        "changes": {
            "added": len(changes.added),
            "changed": len(changes.changed),
            "deleted": list(changes.deleted),
            "merged": dict(changes.merged),
        },
        "notes": {name: x.note for name, x in layouts().items() if _has(name, files)},
        "files": files,
    }


def _has(layout: str, files: list[Json]) -> bool:
    return any(x["path"].partition(".")[0].replace("-numeric", "") == layout for x in files)


def _described(path: Path) -> Json:
    content = path.read_bytes()
    return {"path": path.name, "bytes": len(content), "sha256": sha256(content).hexdigest()}


def _citation(manifest: Json) -> str:
    """How to cite the release, in the Citation File Format."""
    told = {
        "cff-version": "1.2.0",
        "message": "Cite this release by its id, and the dispatches it rests on.",
        "type": "dataset",
        "title": manifest["title"],
        "version": manifest["id"],
        **({"license": manifest["licence"]} if manifest["licence"] else {}),
        "authors": [{"name": "The makers of this release, with Dateline"}],
    }
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False)


def _package(manifest: Json, folder: Path) -> Json:
    """The release as a Frictionless data package."""
    resources = []
    for file in manifest["files"]:
        stem, _, suffix = file["path"].rpartition(".")
        resource = {
            "name": file["path"].replace(".", "-").lower(),
            "path": file["path"],
            "format": suffix,
            "mediatype": _MEDIA.get(suffix, "application/octet-stream"),
            "encoding": "utf-8",
            "bytes": file["bytes"],
            "hash": f"sha256:{file['sha256']}",
        }
        if suffix in {"csv", "tsv"}:
            resource["schema"] = {"fields": _fields(folder / file["path"], stem)}
        resources.append(resource)
    return {
        "name": manifest["id"],
        "title": manifest["title"],
        "profile": "data-package",
        "licenses": [{"name": manifest["licence"]}] if manifest["licence"] else [],
        "resources": resources,
    }


def _fields(path: Path, stem: str) -> list[Json]:
    layout = stem.replace("-numeric", "")
    for ending, name in (("left-out", "left_out"), ("dictionary", "dictionary")):
        layout = name if stem.endswith(ending) else layout
    told = layouts()[layout].columns if layout in layouts() else {}
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file, delimiter="\t" if path.suffix == ".tsv" else ","))
    return [
        {"name": x, "type": "any"} | ({"description": told[x]} if x in told else {}) for x in header
    ]


def _index(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / INDEX).read_text("utf-8").splitlines()
        return {x["incident"]: x["sha256"] for x in map(json.loads, lines)}
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise ExportError(f"{folder}: no release: its {INDEX} cannot be read: {cause}") from cause


def _text(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
