"""Routes of the bot itself: its user, application, gateway, commands, guilds and members."""

from fakes.loopback_discord.api_errors import ApiError, invalid_body
from fakes.loopback_discord.command_limits import command_errors
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.routing import NO_CONTENT, Response, RouteRequest, route
from fakes.loopback_discord.users_and_guilds import Guild


@route("GET", "/users/@me")
def me(request: RouteRequest) -> Response:
    return Response(
        200,
        request.state.bot.payload()
        | {"mfa_enabled": False, "verified": True, "email": None, "locale": "en-US"},
    )


@route("GET", "/users/{user_id}")
def user(request: RouteRequest) -> Response:
    found = request.state.users.get(request.parameters["user_id"])
    if found is None:
        raise ApiError(404, 10013)
    return Response(200, found.payload())


@route("GET", "/applications/@me")
@route("GET", "/oauth2/applications/@me")
def application(request: RouteRequest) -> Response:
    state = request.state
    return Response(
        200,
        {
            "id": state.application_id,
            "name": state.bot.name,
            "icon": None,
            "description": "",
            "type": None,
            "bot": state.bot.payload(),
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": 0,
            "flags_new": "0",
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": state.owner.payload(),
            "approximate_guild_count": len(state.guilds),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": None,
            "eligible_oauth2_scopes": [],
            "integration_types_config": {"0": {}, "1": {}},
        },
    )


@route("GET", "/gateway")
def gateway(request: RouteRequest) -> Response:
    return Response(200, {"url": request.state.url.replace("http://", "ws://") + "/gateway"})


@route("GET", "/gateway/bot")
def gateway_of_bot(request: RouteRequest) -> Response:
    shards, concurrency = request.state.sharding
    limit = {
        "total": 1000,
        "remaining": max(request.state.sessions_left, 0),
        "reset_after": 86_400_000,
        "max_concurrency": concurrency,
    }
    return Response(
        200,
        {
            "url": request.state.url.replace("http://", "ws://") + "/gateway",
            "shards": shards,
            "session_start_limit": limit,
        },
    )


@route("GET", "/applications/{application_id}/commands")
def commands(request: RouteRequest) -> Response:
    _require_own_application(request)
    return Response(200, request.state.commands)


@route("PUT", "/applications/{application_id}/commands")
def set_commands(request: RouteRequest) -> Response:
    _require_own_application(request)
    if not request.state.commands_allowed:
        raise ApiError(403, 50001)
    request.state.commands = _registered(request, request.state.commands, request.body or [], None)
    request.state.sync_count += 1
    request.state.changes.notify()
    return Response(200, request.state.commands)


@route("GET", "/applications/{application_id}/guilds/{guild_id}/commands")
def guild_commands(request: RouteRequest) -> Response:
    _require_own_application(request)
    return Response(200, request.state.guild_commands.get(_guild(request).id, []))


@route("PUT", "/applications/{application_id}/guilds/{guild_id}/commands")
def set_guild_commands(request: RouteRequest) -> Response:
    _require_own_application(request)
    guild = _guild(request)
    if not request.state.commands_allowed:
        raise ApiError(403, 50001)
    old = request.state.guild_commands.get(guild.id, [])
    request.state.guild_commands[guild.id] = _registered(request, old, request.body or [], guild.id)
    request.state.sync_count += 1
    request.state.changes.notify()
    return Response(200, request.state.guild_commands[guild.id])


@route("DELETE", "/applications/{application_id}/commands/{command_id}")
def delete_command(request: RouteRequest) -> Response:
    _require_own_application(request)
    remaining = [
        command
        for command in request.state.commands
        if command["id"] != request.parameters["command_id"]
    ]
    if len(remaining) == len(request.state.commands):
        raise ApiError(404, 10063)
    request.state.commands = remaining
    return NO_CONTENT


@route("GET", "/guilds/{guild_id}")
def guild(request: RouteRequest) -> Response:
    return Response(200, _guild(request).payload())


@route("GET", "/guilds/{guild_id}/members/{user_id}")
def member(request: RouteRequest) -> Response:
    guild = _guild(request)
    found = request.state.users.get(request.parameters["user_id"])
    if found is None or found.id in guild.strangers:
        raise ApiError(404, 10007)
    return Response(200, found.member(guild) | {"user": found.payload()})


def _require_own_application(request: RouteRequest) -> None:
    if request.parameters["application_id"] != request.state.application_id:
        raise ApiError(404, 10002)


def _guild(request: RouteRequest) -> Guild:
    found = request.state.guilds.get(request.parameters["guild_id"])
    if found is None:
        raise ApiError(404, 10004)
    if not found.installed:
        raise ApiError(403, 50001)
    return found


def _registered(
    request: RouteRequest, old: list[Json], new: list[Json], guild_id: str | None
) -> list[Json]:
    """The new commands as Discord lists them; a command that existed keeps its id."""
    if errors := tuple(command_errors(new)):
        raise invalid_body(*errors)
    known = {(command["type"], command["name"]): command["id"] for command in old}
    result = []
    for command in new:
        kind = command.get("type") or 1
        permissions = command.get("default_member_permissions")
        listed: Json = {
            "id": known.get((kind, command["name"])) or request.state.ids.next(),
            "application_id": request.state.application_id,
            "version": request.state.ids.next(),
            "type": kind,
            "name": command["name"],
            "description": command.get("description") or "",
            "default_member_permissions": None if permissions is None else str(permissions),
            "nsfw": bool(command.get("nsfw")),
            "contexts": command.get("contexts"),
            "integration_types": command.get("integration_types") or [0],
            "options": _without_nulls(command.get("options") or []),
        }
        result.append(listed if guild_id is None else listed | {"guild_id": guild_id})
    return result


def _without_nulls(options: list[Json]) -> list[Json]:
    remaining = [
        {key: value for key, value in option.items() if value is not None} for option in options
    ]
    return [
        option | {"options": _without_nulls(option["options"])} if "options" in option else option
        for option in remaining
    ]
