"""The built pages: files of `static/`, and the start page for every view's address."""

from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
_MISSING = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Dateline review desk</title>"
    "<h1>The pages are missing</h1><p>This installation of Dateline has no built pages. Install a "
    "released wheel, or build them in a checkout with <code>scripts/build_web.sh</code>.</p>"
    "<p>The API works: <code>/api/session</code>.</p>"
)


def folder() -> Path:
    """Where the built pages lie."""
    return Path(str(files("dateline.review"))) / "static"


def answer(request: Request, where: Path | None = None) -> Response:
    """A file of the pages, else the start page, which finds the view of the address."""
    base = (where or folder()).resolve()
    path = request.url.path
    if path.startswith("/api/") or path == "/api":
        return JSONResponse({"detail": "There is no such address."}, 404)
    asked = (base / path.lstrip("/")).resolve() if "\x00" not in path else base
    if asked.is_relative_to(base) and asked.is_file() and asked.suffix in KINDS:
        if asked.name != "index.html":
            return FileResponse(asked, media_type=KINDS[asked.suffix])
    elif path.startswith("/assets/"):
        return JSONResponse({"detail": "There is no such file."}, 404)
    start = base / "index.html"
    if not start.is_file():
        return HTMLResponse(_MISSING, 503)
    return FileResponse(start, media_type=KINDS[".html"])
