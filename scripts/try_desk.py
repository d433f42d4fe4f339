"""Serve the desk with an installed `dateline` and ask for its page and all the page is made of.

    python scripts/try_desk.py [STORE] [--python PYTHON]

Without a store, the sample dispatches; without --python, that which runs this. The exit code is 1
where something is missing.
"""

import argparse
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.cookiejar import CookieJar

_LINK = re.compile(r"http://127\.0\.0\.1:\d+/\?token=\S+")
_ASSET = re.compile(r"[\"'(]\.?/?((?:assets/)?[\w.-]+\.(?:js|css|json|woff2|svg))[\"')]")
_KINDS = {"js": "text/javascript", "css": "text/css", "json": "application/json",
          "woff2": "font/woff2", "svg": "image/svg+xml"}  # fmt: skip
_SHOWN = ("session", "queue", "incidents", "map", "pairs", "ledger", "actors", "documents")


@contextmanager
def served(where: str | None, python: str = sys.executable) -> Iterator[str]:
    """The link of a desk that `dateline review` serves in a process of its own.

    Raises:
        RuntimeError: It did not start.
    """
    command = [python, "-m", "dateline", "review", "--no-browser", "--port", "0"]
    command += [where] if where else []
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:  # noqa: S603
        lines = running.stderr or ()
        found = next((x for line in lines if (x := _LINK.search(line))), None)
        try:
            if found is None:
                raise RuntimeError(f"{where}: the desk did not start")
            yield found.group()
        finally:
            running.terminate()
            running.wait(20)


class Visitor:
    """A browser that has opened the link."""

    def __init__(self, link: str) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self.base = link.partition("/?")[0]
        self.page = self.read(link.removeprefix(self.base))[1].decode()

    def read(self, path: str) -> tuple[str, bytes]:
        """The kind and the content of an answer.

        Raises:
            HTTPError: It is not there.
        """
        with self._opener.open(self.base + path) as answer:
            return answer.headers["content-type"], answer.read()


def faults(visitor: Visitor) -> Iterator[str]:
    """What is missing or of the wrong kind."""
    if '<div id="root">' not in visitor.page:
        yield "/: no page of the desk"
    seen: set[str] = set()
    wanted = _ASSET.findall(visitor.page)
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        path = name if "/" in name or name.endswith(".svg") else f"assets/{name}"
        try:
            kind, content = visitor.read(f"/{path}")
        except urllib.error.HTTPError as error:
            yield f"/{path}: {error.code}"
            continue
        if not kind.startswith(_KINDS[name.rpartition(".")[2]]):
            yield f"/{path}: {kind}"
        if name.endswith((".js", ".css")) and b"assets/" in content[:2_000_000]:
            found = _ASSET.findall(content.decode("utf-8", "replace"))
            wanted += [x for x in found if x.startswith("assets/")]
    if not any(x.endswith(".js") for x in seen):
        yield "/: the page loads no script"
    for name in _SHOWN:
        kind, content = visitor.read(f"/api/{name}")
        if not kind.startswith("application/json") or not json.loads(content):
            yield f"/api/{name}: {kind}"


def main(arguments: Sequence[str]) -> int:
    """Tell what is missing; 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?")
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args(arguments)
    with served(options.store, options.python) as link:
        found = list(faults(Visitor(link)))
    for line in found:
        print(line, file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
