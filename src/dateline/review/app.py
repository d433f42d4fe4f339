"""The desk as a web application."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exception_handlers import http_exception_handler
from fastapi.middleware.gzip import GZipMiddleware
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from dateline.errors import StoreError
from dateline.review import commands, files, pages
from dateline.review.desk import Desk
from dateline.review.guard import Guard
from dateline.review.routes import claims, desk, incidents, quality

_UNFIT = 422
_ABOUT = (
    "What the pages of the review desk use; programs may, too. Writing needs `Origin` or "
    "`Sec-Fetch-Site` of the desk itself, or a key (`Authorization: Bearer TOKEN`)."
)


def application(served: Desk | None = None) -> FastAPI:
    """The application with all its routes; without a desk only to tell what they are."""
    app = FastAPI(
        title="Dateline review desk",
        description=_ABOUT,
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        separate_input_output_schemas=False,
    )
    for router in (claims.router, incidents.router, desk.router, quality.router, files.router):
        app.include_router(router)
    if served is None:
        return app
    app.state.desk = served
    app.add_exception_handler(commands.StaleError, _stale)
    app.add_exception_handler(StoreError, _store_failed)
    app.add_exception_handler(HTTPException, _refused)
    app.add_api_route("/{path:path}", _page, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.add_middleware(Guard, desk=served)
    return app


def _page(request: Request) -> Response:
    return pages.answer(request)


async def _stale(request: Request, error: Exception) -> Response:
    desk, caller = request.app.state.desk, request.state.caller
    told: Any = await run_in_threadpool(commands.stale, desk, error, caller)  # type: ignore[arg-type]
    return JSONResponse(told, 409)


async def _refused(request: Request, error: Exception) -> Response:
    """The answer to a request that was refused; what is wrong with a value has one shape."""
    if isinstance(error, HTTPException) and error.status_code == _UNFIT:
        name, _, told = str(error.detail).rpartition(": ")
        fault = {"loc": [name or "body"], "msg": told, "type": "value_error"}
        return JSONResponse({"detail": [fault]}, _UNFIT)
    return await http_exception_handler(request, error)  # type: ignore[arg-type]


async def _store_failed(_: Request, error: Exception) -> Response:
    told = str(error)
    return JSONResponse({"detail": told}, 503)
