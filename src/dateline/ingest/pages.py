"""The main text of an HTML page and what the page tells about it."""

import logging
from typing import Any

from dateline.errors import InputError

# Found dates up to here are believed; the library's own default is today, which would make the
# outcome depend on the clock.
_LAST_DAY = "2199-12-31"


def extract(page: str) -> tuple[str, dict[str, object]]:
    """The paragraphs of the main text (a blank line between them), and the metadata.

    The headline is metadata and no part of the text.

    Raises:
        InputError: There is no text on the page, or it cannot be taken apart.
    """
    found = _extracted(page if _is_page(page) else f"<html><body><div>{page}</div></body></html>")
    if found is None or not (found.text or "").strip():
        raise InputError("no text in the HTML")
    told = {
        "title": found.title,
        "date": found.date,
        "publisher": found.sitename or found.author,
        "url": found.url,
    }
    lines = [line.strip() for line in found.text.splitlines()]
    paragraphs = [line for line in lines if line]
    if len(paragraphs) > 1 and paragraphs[0] == (found.title or "").strip():
        del paragraphs[0]
    return "\n\n".join(paragraphs), {k: v for k, v in told.items() if v}


def _is_page(page: str) -> bool:
    start = page[:5000].lower()
    return "<html" in start or "<body" in start


def _extracted(page: str) -> Any:
    import trafilatura

    for library in ("trafilatura", "htmldate"):  # what they log is told in the record instead
        if not logging.getLogger(library).handlers:
            logging.getLogger(library).addHandler(logging.NullHandler())
    try:
        return trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": _LAST_DAY,
            },
        )
    except Exception as cause:
        raise InputError(f"the HTML cannot be taken apart ({type(cause).__name__})") from cause
