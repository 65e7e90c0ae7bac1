"""The addresses for programs, described in OpenAPI; each error is one line of JSON with the remedy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any, cast

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException as AnyHTTPException

from sstc_chat.corpus.errors import HomeError, LimitsError, QuestionError, RecordError, SSTCChatError
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.output import Json
from sstc_chat.ui.access.rules import API
from sstc_chat.ui.api import models
from sstc_chat.ui.api.library import add_library
from sstc_chat.ui.api.serving import BUSY, Service
from sstc_chat.ui.page.working import Workers

DESCRIPTION = """\
Answers from the reports, in quotes that are exact to the character. Programs bring a token, made with
`sstc-chat tokens add NAME`, as `Authorization: Bearer TOKEN`. The JSON is that of the command line.
"""
TOKEN = Depends(HTTPBearer(auto_error=False, description="a token of this service"))
UNEXPECTED = "This should not have happened. Those who run this service find more in its log."
# By what went wrong; everything else of ours is a fault on this side.
STATUS: dict[type[SSTCChatError], int] = {
    LimitsError: 404,
    QuestionError: 400,
    RecordError: 400,
    HomeError: 503,
}
WRONG = {
    status: {"model": models.Failure, "description": what}
    for status, what in {
        400: "what was asked will not do",
        401: "no token that is known",
        403: "the token may not do this",
        404: "a document, language or year that is not there",
        409: "another change came between",
        413: "too large",
        415: "no kind of file that can be read",
        422: "a field is wrong",
        429: "too often",
        503: "busy, or the home cannot be used",
    }.items()
}


def programs_app(
    service: Service, workers: Workers, editor: Editor | None = None, *, is_open: bool
) -> FastAPI:
    """Return the application that is mounted at `API`; `is_open` where no token is needed to ask.

    With an `editor`, the library may be changed.

    Who may do what is decided before anything comes here (see ui/access/rules.py); here it is described.
    """
    application = FastAPI(
        title="SSTC Chat",
        version=version("sstc-chat"),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        responses=WRONG,  # type: ignore[arg-type]
        servers=[{"url": API}],
    )
    _add_errors(application)
    readers = APIRouter() if is_open else APIRouter(dependencies=[TOKEN])
    others = APIRouter(dependencies=[TOKEN])
    _add_answers(readers, service, workers)
    _add_feedback(readers, others, service, workers)
    if editor:
        add_library(others, editor)
    _add_health(application, service)
    application.include_router(readers)
    application.include_router(others)
    return application


def _add_answers(readers: APIRouter, service: Service, workers: Workers) -> None:
    do = _doing(workers)

    @readers.post("/ask", response_model=models.Answer)
    async def ask(asked: models.Asked) -> Any:  # noqa: ANN401 - as JSON
        """Answer a question in quotes, or refuse."""
        return await do(lambda: service.ask(asked))

    @readers.post("/ask/stream", response_class=StreamingResponse)
    async def stream(asked: models.Asked) -> Response:
        """Answer in server-sent events: `quotes` at once, `sentence` for each more, `done` at last."""
        quoted = await do(lambda: service.quoted(asked))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(service.stream(asked, quoted), 200, headers, "text/event-stream")

    @readers.post("/search", response_model=models.Hits)
    async def search(searched: models.Searched) -> Any:  # noqa: ANN401
        """Find passages, without answering."""
        return await do(lambda: service.search(searched))

    @readers.get("/documents", response_model=list[models.Document])
    async def documents() -> Any:  # noqa: ANN401
        """List the documents."""
        return await do(service.documents)


def _add_health(application: FastAPI, service: Service) -> None:
    @application.get("/health", response_model=models.Health)
    def health() -> Any:  # noqa: ANN401
        """Say whether questions can be answered; for everybody."""
        return service.health()


def _add_feedback(readers: APIRouter, others: APIRouter, service: Service, workers: Workers) -> None:
    do = _doing(workers)

    @readers.post("/records/check")
    async def check(records: models.Records) -> dict[str, Any]:
        """Check records against the reports as they stand: each quote is the same, moved, changed or gone."""
        return cast("dict[str, Any]", await do(lambda: service.check(records.records)))

    @readers.post("/feedback", response_model=models.Kept)
    async def send(opinion: models.Opinion) -> Any:  # noqa: ANN401
        """Keep what somebody thinks of an answer; the token takes it back."""
        return await do(lambda: service.send(opinion))

    @readers.delete("/feedback/{token}", status_code=204)
    async def take_back(token: str) -> None:
        """Take it back."""
        await do(lambda: service.take_back(token))

    @others.get("/opinions")
    async def feedback() -> list[dict[str, Any]]:
        """Return what was sent, the latest first; for evaluators."""
        return cast("list[dict[str, Any]]", await do(service.feedback))


def _doing(workers: Workers) -> Callable[[Callable[[], Any]], Awaitable[Any]]:
    """Return what has work done by the threads that answer the page, too."""
    busy = object()

    async def do(work: Callable[[], Any]) -> Any:  # noqa: ANN401
        done = await workers.run("", work, busy)
        if done is busy:
            raise HTTPException(503, BUSY)
        return done

    return do


def _add_errors(application: FastAPI) -> None:
    async def ours(_: Request, error: Exception) -> Response:
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
        return failure(status, str(error))

    async def invalid(_: Request, error: Exception) -> Response:
        return failure(422, _what_is_wrong(error))

    async def http(_: Request, error: Exception) -> Response:
        code = error.status_code if isinstance(error, AnyHTTPException) else 500
        headers = dict(error.headers or {}) if isinstance(error, AnyHTTPException) else {}
        return failure(code, str(getattr(error, "detail", "")), headers)

    async def unexpected(_: Request, __: Exception) -> Response:
        return failure(500, UNEXPECTED)

    application.add_exception_handler(SSTCChatError, ours)
    application.add_exception_handler(RequestValidationError, invalid)
    application.add_exception_handler(AnyHTTPException, http)
    application.add_exception_handler(Exception, unexpected)


def _what_is_wrong(error: Exception) -> str:
    """Return which field is wrong, and how, without what was sent."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    lines = [f"{'.'.join(str(part) for part in one['loc'][1:]) or 'body'}: {one['msg']}" for one in found]
    return "; ".join(lines)


def failure(status: int, text: str, headers: Json | None = None) -> JSONResponse:
    """Return what was wrong, as JSON."""
    return JSONResponse({"error": text}, status, headers)
