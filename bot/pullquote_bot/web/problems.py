"""What went wrong, as problem details (RFC 9457), in the words of the program's errors."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pullquote.errors import ArchiveError, RequestError
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote_bot.serving import parameter_errors
from pullquote_bot.serving.doorway import RateLimited
from pullquote_bot.serving.fair_threads import Busy, TooManyWaiting
from pullquote_bot.serving.prometheus_metrics import count_error
from pullquote_bot.strings import web as web_strings
from pullquote_bot.visible_text import in_json, one_line

MEDIA_TYPE = "application/problem+json"
_RETRY_SECONDS, _LIMIT_SECONDS = 5, 60
"""When to ask again: after a full queue, and after a rate limit."""
_TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    413: "Content too large",
    415: "Unsupported media type",
    421: "Misdirected request",
    429: "Too many requests",
    500: "Internal server error",
    503: "Service unavailable",
    504: "Gateway timeout",
}


class ProblemJson(BaseModel):
    """A problem (RFC 9457). `detail` is a sentence; `where` and `mend` are left out if empty."""

    model_config = ConfigDict(frozen=True)

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    where: str = Field(default="", exclude_if=lambda value: not value)
    mend: str = Field(default="", exclude_if=lambda value: not value)


class Problem(Exception):
    """A request that gets a problem instead of a result.

    Attributes:
        status: the status of HTTP.
        what, where, mend: as in `PullquoteError`.
        headers: further headers of the response.
    """

    def __init__(
        self,
        status: int,
        what: str,
        *,
        where: str = "",
        mend: str = "",
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(what)
        self.status, self.what, self.where, self.mend = status, what, where, mend
        self.headers = headers or {}

    def to_json(self) -> ProblemJson:
        """The problem in the form of RFC 9457."""
        return ProblemJson(
            title=_TITLES.get(self.status, "Error"),
            status=self.status,
            detail=one_line(self.what),
            where=one_line(self.where),
            mend=one_line(self.mend),
        )


def problem_of(
    error: Exception, archive: ArchiveName = ONLY_ARCHIVE, model: type[BaseModel] | None = None
) -> Problem:
    """The problem that an error makes of a request.

    Args:
        error: the error.
        archive: the archive of which it is counted.
        model: the parameters of the request; None if it has none.
    """
    count_error(error, archive)
    wait = {"Retry-After": str(_RETRY_SECONDS)}
    match error:
        case RateLimited():
            wait = {"Retry-After": str(_LIMIT_SECONDS)}
            status, what, mend = 429, str(error), ""
        case TooManyWaiting():
            status, what, mend = 429, web_strings.TOO_MANY_WAITING, web_strings.ASK_LATER
        case Busy():
            status, what, mend = 503, web_strings.BUSY, web_strings.BUSY_MEND
        case TimeoutError():
            status, what, mend = 504, web_strings.TOO_SLOW, web_strings.TOO_SLOW_MEND
        case RequestError():
            what, where, mend = parameter_errors.of_request(error, model)
            return Problem(404, what, where=where, mend=mend)
        case ArchiveError():
            status, what, mend = 503, error.what, ""  # its paths are not for strangers
        case _:
            return Problem(500, web_strings.OWN_MISTAKE, mend=web_strings.OWN_MISTAKE_MEND)
    return Problem(status, what, mend=mend, headers=wait)


def invalid(error: ValidationError, model: type[BaseModel]) -> Problem:
    """The problem of a request whose fields break their rules; it names the first."""
    what, where, mend = parameter_errors.of_validation(error, model)
    return Problem(400, what, where=where, mend=mend)


def problem_response(problem: Problem) -> Response:
    """The response that carries a problem."""
    return Response(
        in_json(problem.to_json().model_dump_json()),
        problem.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def problem_of_http(error: HTTPException, method: str) -> Problem:
    """The problem of a request for which the router has no endpoint."""
    headers = dict(error.headers or {})
    what = web_strings.NOT_FOUND
    if "Allow" in headers:
        what = web_strings.not_allowed(method, headers["Allow"])
    return Problem(error.status_code, what, headers=headers)
