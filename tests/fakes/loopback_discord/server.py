"""The HTTP server: each request is recorded, judged by Discord's description, and answered or refused as Discord would."""

import asyncio
import json
import time
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from fakes.loopback_discord import routes_bot, routes_channels, routes_interactions
from fakes.loopback_discord.buckets import RateLimits, limited
from fakes.loopback_discord.calls import HANDLERS, Answer, Call, Request, read_body
from fakes.loopback_discord.description import Operation, discords
from fakes.loopback_discord.gateway import Gateway
from fakes.loopback_discord.refusals import Fault, Refusal, invalid_body
from fakes.loopback_discord.trouble import Failure, Trouble
from fakes.loopback_discord.world import World

ROUTES = (routes_bot, routes_channels, routes_interactions)
API = "/api/v10"
LARGEST_BODY = 30 * 1024 * 1024
FIRST_ERROR = 400
INVALID_FORM, EMPTY_MESSAGE = 50035, 50006


class Server:
    """Listens on the loopback address."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.gateway = Gateway(world)
        self.trouble = Trouble()
        self.rate_limits = RateLimits()
        self.requests: list[Request] = []
        self.violations: list[str] = self.gateway.violations
        # Answers that do not satisfy the description are the loopback's own mistakes.
        self.own_faults: list[str] = []
        self._description = discords()
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/attachments/{attachment_id}/{name}", self._attachment)
        app.router.add_route("*", API + "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        self._listener: asyncio.Server | None = None
        self._port = 0
        self._returning: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._runner.setup()
        await self._listen()
        self.world.url = f"http://127.0.0.1:{self._port}"

    async def _listen(self) -> None:
        factory = self._runner.server
        assert factory is not None
        self._listener = await asyncio.get_running_loop().create_server(
            factory, "127.0.0.1", self._port
        )
        self._port = self._listener.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._returning:
            self._returning.cancel()
            with suppress(asyncio.CancelledError):
                await self._returning
        if self._listener:
            self._listener.close()
        await self.gateway.stop()
        await self._runner.cleanup()

    def go_away(self, seconds: float) -> None:
        """Ends every connection and refuses new ones for a while."""
        if self._listener:
            self._listener.close()
        if self._returning:
            self._returning.cancel()
        server = self._runner.server
        for handler in server.connections if server else []:
            if handler.transport:
                handler.transport.abort()
        self._returning = asyncio.get_running_loop().create_task(self._return(seconds))

    async def _return(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._listen()

    async def _attachment(self, request: web.Request) -> web.Response:
        data = self.world.file(request.match_info["attachment_id"])
        return web.Response(status=404) if data is None else web.Response(body=data)

    async def _serve(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix(API)
        # The path's parameters are told apart before their escapes are read.
        raw_path = request.rel_url.raw_path.removeprefix(API)
        record = Request(request.method, path, dict(request.query))
        self.requests.append(record)
        headers = {"Via": "1.1 google"}
        try:
            answer = await self._answer(request, record, raw_path, headers)
        except Refusal as refusal:
            if refusal.code in {INVALID_FORM, EMPTY_MESSAGE}:
                self._violated(
                    record, refusal.faults or (Fault((), str(refusal.code), "empty message"),)
                )
            answer = Answer(refusal.status, refusal.body())
        except (
            ArithmeticError,
            AssertionError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        ) as error:
            self.own_faults.append(f"{record.method} {record.path}: {error!r}")
            raise
        record.status, record.answer = answer.status, answer.body
        if answer.status >= FIRST_ERROR and isinstance(answer.body, dict):
            record.code = answer.body.get("code", 0)
        record.took = time.monotonic() - record.time
        self.world.bell.ring()
        if answer.status == 0 and request.transport:
            request.transport.abort()
        if answer.body is None:
            return web.Response(status=answer.status or 500, headers=headers)
        body = json.dumps(answer.body, separators=(",", ":"), ensure_ascii=False).encode()
        # The type without a charset, as Discord sends it: discord.py compares it whole.
        return web.Response(
            status=answer.status, headers=headers, body=body, content_type="application/json"
        )

    async def _answer(
        self, request: web.Request, record: Request, raw_path: str, headers: dict[str, str]
    ) -> Answer:
        body, uploads, content_type = await read_body(request)
        record.json, record.files = body, uploads
        operation, parameters, known = self._description.operation(request.method, raw_path)
        if seconds := self.trouble.delay_of(record.path):
            await asyncio.sleep(seconds)
        if operation is None:
            self.violations.append(
                f"{request.method} {record.path}: the description knows no such {'method' if known else 'path'}"
            )
            raise Refusal(405 if known else 404)
        record.route = operation.template
        parameters = {name: unquote(value) for name, value in parameters.items()}
        faults = tuple(self._judged(operation, parameters, record.query, body, content_type))
        if faults:
            self._violated(record, faults)
        self._check_token(request, operation)
        failure = self.trouble.take(request.method, record.path)
        if failure and not failure.done_anyway:
            return _failed(failure, headers)
        if (wait := self._limited(operation, parameters, headers)) is not None:
            body, more = limited(wait, is_global=False)
            headers |= more
            return Answer(429, body)
        if faults:
            # Recorded already, so it ends here as a plain answer.
            return Answer(400, invalid_body(*faults).body())
        answer = self._handled(operation, Call(self.world, parameters, record.query, body, uploads))
        return _failed(failure, headers) if failure else answer

    def _judged(
        self,
        operation: Operation,
        parameters: dict[str, str],
        query: dict[str, str],
        body: Any,
        content_type: str | None,
    ) -> list[Fault]:
        judged = self._description
        return [
            *judged.judge_parameters(operation, parameters, query),
            *judged.judge_body(operation, body, content_type),
        ]

    def _violated(self, record: Request, faults: tuple[Fault, ...]) -> None:
        self.violations.extend(f"{record.method} {record.path}: {fault}" for fault in faults)

    def _check_token(self, request: web.Request, operation: Operation) -> None:
        given = request.headers.get("Authorization")
        if (
            self.world.token_refused
            or (given is None and operation.needs_token)
            or given not in {None, f"Bot {self.world.token}"}
        ):
            raise Refusal(401)

    def _limited(
        self, operation: Operation, parameters: dict[str, str], headers: dict[str, str]
    ) -> float | None:
        told, wait = self.rate_limits.take(operation.method, operation.template, parameters)
        headers |= told
        return wait

    def _handled(self, operation: Operation, call: Call) -> Answer:
        handler = HANDLERS.get((operation.method, operation.template))
        if handler is None:
            self.violations.append(
                f"{operation.method} {operation.template}: the loopback does not answer this route"
            )
            return Answer(501, {"message": "501: Not Implemented", "code": 0})
        answer = handler(call)
        for fault in self._description.judge_answer(operation, answer.status, answer.body):
            self.own_faults.append(f"{operation.method} {operation.template}: {fault}")
        return answer


def _failed(failure: Failure, headers: dict[str, str]) -> Answer:
    if failure.status == 0:
        return Answer(0)
    if failure.status == 429:
        body, more = limited(failure.retry_after, is_global=failure.is_global)
        headers |= more
        return Answer(429, body)
    return Answer(failure.status, Refusal(failure.status, failure.code or 0).body())
