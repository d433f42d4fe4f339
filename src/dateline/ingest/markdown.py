"""Front matter of a Markdown file."""

import re

_FENCE = re.compile(r"---[ \t]*\r?\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(.*)")
_LONGEST = 10_000  # characters in which the front matter must end


def split(text: str) -> tuple[dict[str, object], str]:
    r"""The `key: value` lines between the `---` marks at the start, and the text after them.

    Lines in any other form are passed over; without both marks all is text.

    >>> split('---\ntitle: "Truce"\n---\nGuns fell silent.')
    ({'title': 'Truce'}, 'Guns fell silent.')
    """
    start = _FENCE.match(text)
    end = _END.search(text, start.end(), start.end() + _LONGEST) if start else None
    if start is None or end is None:
        return {}, text
    found: dict[str, object] = {}
    for line in text[start.end() : end.start()].splitlines():
        field = _FIELD.fullmatch(line.rstrip())
        if field:
            found[field[1]] = _unquoted(field[2].strip())
    return found, text[end.end() :]


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
