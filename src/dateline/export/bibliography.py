"""The dispatches as a bibliography: CSL-JSON and BibTeX."""

import json
from collections.abc import Iterator
from typing import Any

from dateline.export.phrases import one_line
from dateline.model import Document
from dateline.model.incident import Corpus

Json = dict[str, Any]
_SPECIAL = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def csl_json(corpus: Corpus) -> str:
    """The dispatches as CSL-JSON, which Zotero and pandoc read."""
    return (
        json.dumps([_csl(x.document) for x in corpus.records], ensure_ascii=False, indent=1) + "\n"
    )


def bibtex(corpus: Corpus) -> Iterator[str]:
    """The dispatches as BibTeX entries; their keys are the ids of the dispatches."""
    for record in corpus.records:
        document = record.document
        day = document.published
        told = {
            "title": f"{{{_tex(document.title or document.name)}}}",
            "journal": _tex(document.publisher),
            "year": str(day.year) if day else "",
            "month": str(day.month) if day else "",
            "date": day.isoformat() if day else "",
            "url": one_line(document.url).replace("{", "%7B").replace("}", "%7D"),
        }
        fields = "".join(f",\n  {name} = {{{value}}}" for name, value in told.items() if value)
        yield f"@article{{d{document.id}{fields}\n}}\n"


def _csl(document: Document) -> Json:
    day = document.published
    found: Json = {
        "id": document.id,
        "type": "article-newspaper",
        "title": one_line(document.title or document.name),
        "container-title": one_line(document.publisher),
        "URL": one_line(document.url),
        "language": "en",
    }
    if day:
        found["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    return {name: value for name, value in found.items() if value}


def _tex(text: str) -> str:
    return one_line(text).translate(_SPECIAL)
