"""The HTTP server: it records each request, validates it, and responds as Discord does."""

import asyncio
import json
import time
from contextlib import suppress
from urllib.parse import unquote

from aiohttp import web

from fakes.loopback_discord import routes_bot, routes_channels, routes_interactions
from fakes.loopback_discord.api_errors import ApiError, FieldError, invalid_body
from fakes.loopback_discord.discord_state import DiscordState
from fakes.loopback_discord.fault_injection import Failure, FaultInjection
from fakes.loopback_discord.gateway import Gateway
from fakes.loopback_discord.openapi_description import Operation, api_description
from fakes.loopback_discord.rate_limits import RateLimits, too_many_requests
from fakes.loopback_discord.routing import (
    HANDLERS,
    RecordedRequest,
    Response,
    RouteRequest,
    read_body,
)

ROUTES = (routes_bot, routes_channels, routes_interactions)
API = "/api/v10"
MAX_BODY = 30 * 1024 * 1024  # bytes
FIRST_ERROR, TOO_MANY_REQUESTS = 400, 429
INVALID_FORM, EMPTY_MESSAGE = 50035, 50006


class Server:
    """Listens on the loopback address for HTTP requests and gateway connections.

    Attributes:
        requests: all requests so far.
        violations: what the bot did against Discord's description and limits.
        response_violations: the loopback's own responses that do not satisfy the description.
    """

    def __init__(self, state: DiscordState) -> None:
        self.state = state
        self.gateway = Gateway(state)
        self.fault_injection = FaultInjection()
        self.rate_limits = RateLimits()
        self.requests: list[RecordedRequest] = []
        self.violations: list[str] = self.gateway.violations
        self.response_violations: list[str] = []
        self._description = api_description()
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/attachments/{attachment_id}/{name}", self._attachment)
        app.router.add_route("*", API + "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        self._listener: asyncio.Server | None = None
        self._port = 0
        self._reopening: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen on a free port."""
        await self._runner.setup()
        await self._listen()
        self.state.url = f"http://127.0.0.1:{self._port}"

    async def _listen(self) -> None:
        factory = self._runner.server
        assert factory is not None
        self._listener = await asyncio.get_running_loop().create_server(
            factory, "127.0.0.1", self._port
        )
        self._port = self._listener.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the port and all connections."""
        if self._reopening:
            self._reopening.cancel()
            with suppress(asyncio.CancelledError):
                await self._reopening
        if self._listener:
            self._listener.close()
        await self.gateway.stop()
        await self._runner.cleanup()

    def go_away(self, seconds: float) -> None:
        """Close every connection and refuse new ones for some seconds."""
        if self._listener:
            self._listener.close()
        if self._reopening:
            self._reopening.cancel()
        server = self._runner.server
        for handler in server.connections if server else []:
            if handler.transport:
                handler.transport.abort()
        self._reopening = asyncio.get_running_loop().create_task(self._reopen(seconds))

    async def _reopen(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._listen()

    async def _attachment(self, request: web.Request) -> web.Response:
        data = self.state.file(request.match_info["attachment_id"])
        return web.Response(status=404) if data is None else web.Response(body=data)

    async def _serve(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix(API)
        # Escaped slashes are part of a parameter, so the path is split before it is unescaped.
        raw_path = request.rel_url.raw_path.removeprefix(API)
        record = RecordedRequest(request.method, path, dict(request.query))
        self.requests.append(record)
        headers = {"Via": "1.1 google"}
        try:
            response = await self._respond(request, record, raw_path, headers)
        except ApiError as error:
            if error.code in {INVALID_FORM, EMPTY_MESSAGE}:
                empty_message = FieldError((), str(error.code), "empty message")
                self._record_violations(record, error.field_errors or (empty_message,))
            response = Response(error.status, error.body())
        except (
            ArithmeticError,
            AssertionError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        ) as error:
            self.response_violations.append(f"{record.method} {record.path}: {error!r}")
            raise
        record.status, record.response = response.status, response.body
        if response.status >= FIRST_ERROR and isinstance(response.body, dict):
            record.code = response.body.get("code", 0)
        record.took = time.monotonic() - record.time
        self.state.changes.notify()
        if response.status == 0 and request.transport:
            request.transport.abort()
        if response.raw:
            return response.raw
        if response.body is None:
            return web.Response(status=response.status or 500, headers=headers)
        body = json.dumps(response.body, separators=(",", ":"), ensure_ascii=False).encode()
        # Without a charset, as Discord sends it: discord.py compares the whole content type.
        return web.Response(
            status=response.status, headers=headers, body=body, content_type="application/json"
        )

    async def _respond(
        self, request: web.Request, record: RecordedRequest, raw_path: str, headers: dict[str, str]
    ) -> Response:
        body, uploads, content_type = await read_body(request)
        record.json, record.files = body, uploads
        operation, parameters, known = self._description.operation(request.method, raw_path)
        if seconds := self.fault_injection.delay_of(record.path):
            await asyncio.sleep(seconds)
        if operation is None:
            self.violations.append(
                f"{request.method} {record.path}: the description has no such "
                f"{'method' if known else 'path'}"
            )
            raise ApiError(405 if known else 404)
        record.route = operation.template
        parameters = {name: unquote(value) for name, value in parameters.items()}
        errors = (
            *self._description.parameter_errors(operation, parameters, record.query),
            *self._description.body_errors(operation, body, content_type),
        )
        if errors:
            self._record_violations(record, errors)
        self._check_token(request, operation)
        failure = self.fault_injection.next_failure(request.method, record.path)
        if failure and failure.raw:
            return Response(failure.status, raw=failure.raw)
        if failure and not failure.done_anyway:
            return _failed(failure, headers)
        limit_headers, retry_after = self.rate_limits.take(
            operation.method, operation.template, parameters
        )
        headers |= limit_headers
        if retry_after is not None:
            return _rate_limited(retry_after, headers, is_global=False)
        if errors:
            # Not raised: the violations are recorded already.
            return Response(400, invalid_body(*errors).body())
        route_request = RouteRequest(self.state, parameters, record.query, body, uploads)
        response = self._handle(operation, route_request)
        return _failed(failure, headers) if failure else response

    def _record_violations(self, record: RecordedRequest, errors: tuple[FieldError, ...]) -> None:
        self.violations.extend(f"{record.method} {record.path}: {error}" for error in errors)

    def _check_token(self, request: web.Request, operation: Operation) -> None:
        authorization = request.headers.get("Authorization")
        if (
            self.state.token_refused
            or (authorization is None and operation.needs_token)
            or authorization not in {None, f"Bot {self.state.token}"}
        ):
            raise ApiError(401)

    def _handle(self, operation: Operation, request: RouteRequest) -> Response:
        handler = HANDLERS.get((operation.method, operation.template))
        if handler is None:
            self.violations.append(
                f"{operation.method} {operation.template}: the loopback does not have this route"
            )
            return Response(501, {"message": "501: Not Implemented", "code": 0})
        response = handler(request)
        for error in self._description.response_errors(operation, response.status, response.body):
            self.response_violations.append(f"{operation.method} {operation.template}: {error}")
        return response


def _rate_limited(retry_after: float, headers: dict[str, str], *, is_global: bool) -> Response:
    body, retry_headers = too_many_requests(retry_after, is_global=is_global)
    headers |= retry_headers
    return Response(TOO_MANY_REQUESTS, body)


def _failed(failure: Failure, headers: dict[str, str]) -> Response:
    if failure.status == 0:
        return Response(0)
    if failure.status == TOO_MANY_REQUESTS:
        return _rate_limited(failure.retry_after, headers, is_global=failure.is_global)
    return Response(failure.status, ApiError(failure.status, failure.code or 0).body())
