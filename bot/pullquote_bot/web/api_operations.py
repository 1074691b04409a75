"""The operations of the HTTP API: for each its path, its parameters, its result and its work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.json_output.answer import AnswerJson, answer_json
from pullquote.json_output.holdings import HoldingsJson, holdings_json
from pullquote.json_output.search import SearchJson
from pullquote.json_output.statements import StatementsJson, statements_json
from pullquote.json_output.timeline import TimelineJson, timeline_json
from pullquote.json_output.verification import VerificationJson, verification_json
from pullquote_bot.serving import request_results as results
from pullquote_bot.serving.archive_requests import (
    AskRequest,
    SaidRequest,
    SearchRequest,
    TimelineRequest,
    VerifyRequest,
)
from pullquote_bot.serving.open_archives import OpenArchive


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation with parameters, which a question's turn in the queue carries out.

    Attributes:
        path: its path.
        summary: what it does, for the OpenAPI document.
        request: its parameters, of the address (GET) or as JSON (POST).
        result: what it returns.
        make_query: makes the query of a request.
        work: makes the result; runs in a thread.
    """

    path: str
    summary: str
    request: type[BaseModel]
    result: type[BaseModel]
    make_query: Callable[[Any], Query] | None
    work: Callable[[OpenArchive, Any, Query], BaseModel]


def _answer(opened: OpenArchive, request: AskRequest, query: Query) -> AnswerJson:
    return answer_json(results.answer_to(opened, query, request.top))


def _search(opened: OpenArchive, request: SearchRequest, query: Query) -> SearchJson:
    return results.passages_for(opened.archive, query, request.top)


def _verify(opened: OpenArchive, request: VerifyRequest, _query: Query) -> VerificationJson:
    return verification_json(results.verification_of(opened.archive, request))


def _said(opened: OpenArchive, request: SaidRequest, _query: Query) -> StatementsJson:
    return statements_json(results.said_by(opened.archive, request))


def _timeline(opened: OpenArchive, request: TimelineRequest, _query: Query) -> TimelineJson:
    return timeline_json(results.timeline_for(opened.archive, request))


def status_of(archive: OpenIndex) -> HoldingsJson:
    """What the archive holds."""
    return holdings_json(archive)


OPERATIONS = (
    Operation(
        "/api/ask",
        "Answer a question with quotes, or refuse it with the reason",
        AskRequest,
        AnswerJson,
        results.query_of,
        _answer,
    ),
    Operation(
        "/api/search",
        "Find the passages nearest to a question",
        SearchRequest,
        SearchJson,
        results.search_query,
        _search,
    ),
    Operation(
        "/api/verify",
        "Say whether the archive prints a text, word for word or with which changes",
        VerifyRequest,
        VerificationJson,
        None,
        _verify,
    ),
    Operation(
        "/api/said",
        "List what somebody said, newest first",
        SaidRequest,
        StatementsJson,
        None,
        _said,
    ),
    Operation(
        "/api/timeline",
        "List the quotes that tell a matter, oldest first",
        TimelineRequest,
        TimelineJson,
        None,
        _timeline,
    ),
)
