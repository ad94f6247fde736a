"""The pages for browsers beside GraphiQL: the index and the workbench, of plain files that name no other host."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from api.http import GRAPHIQL

PAGES = Path(__file__).parent / "static" / "pages"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
}


class Files(StaticFiles):
    """Static files that browsers ask about before each use, so that a newer Chancery is never mixed with an older."""

    def file_response(self, *arguments: object, **named: object) -> Response:
        """The response of a file."""
        response: Response = super().file_response(*arguments, **named)  # type: ignore[arg-type]
        response.headers.update({"cache-control": "no-cache", "x-content-type-options": "nosniff"})
        return response


def _page(name: str) -> Route:
    async def serve(request: Request) -> FileResponse:
        return FileResponse(PAGES / f"{name}.html", headers=HEADERS)

    return Route("/" if name == "index" else f"/{name}", serve)


def routes() -> list[BaseRoute]:
    """The routes of all pages and of the files that they use."""
    return [
        _page("index"),
        _page("workbench"),
        Mount("/static/graphiql", StaticFiles(directory=GRAPHIQL)),
        Mount("/static/pages", Files(directory=PAGES)),
    ]
