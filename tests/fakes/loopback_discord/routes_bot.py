"""Routes about the bot itself: who it is, where its gateway is, which commands it has, and whom it knows."""

from fakes.loopback_discord.calls import NOTHING, Answer, Call, answers
from fakes.loopback_discord.form_limits import command_faults
from fakes.loopback_discord.people import Guild
from fakes.loopback_discord.refusals import Json, Refusal, invalid_body


@answers("GET", "/users/@me")
def me(call: Call) -> Answer:
    return Answer(
        200,
        call.world.bot.payload()
        | {"mfa_enabled": False, "verified": True, "email": None, "locale": "en-US"},
    )


@answers("GET", "/users/{user_id}")
def user(call: Call) -> Answer:
    found = call.world.users.get(call.parameters["user_id"])
    if found is None:
        raise Refusal(404, 10013)
    return Answer(200, found.payload())


@answers("GET", "/applications/@me")
@answers("GET", "/oauth2/applications/@me")
def application(call: Call) -> Answer:
    world = call.world
    return Answer(
        200,
        {
            "id": world.application_id,
            "name": world.bot.name,
            "icon": None,
            "description": "",
            "type": None,
            "bot": world.bot.payload(),
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": 0,
            "flags_new": "0",
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": world.owner.payload(),
            "approximate_guild_count": len(world.guilds),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": None,
            "eligible_oauth2_scopes": [],
            "integration_types_config": {"0": {}, "1": {}},
        },
    )


@answers("GET", "/gateway")
def gateway(call: Call) -> Answer:
    return Answer(200, {"url": call.world.url.replace("http://", "ws://") + "/gateway"})


@answers("GET", "/gateway/bot")
def gateway_of_bot(call: Call) -> Answer:
    shards, concurrency = call.world.sharding
    limit = {
        "total": 1000,
        "remaining": max(call.world.sessions_left, 0),
        "reset_after": 86_400_000,
        "max_concurrency": concurrency,
    }
    return Answer(
        200,
        {
            "url": call.world.url.replace("http://", "ws://") + "/gateway",
            "shards": shards,
            "session_start_limit": limit,
        },
    )


@answers("GET", "/applications/{application_id}/commands")
def commands(call: Call) -> Answer:
    _own(call)
    return Answer(200, call.world.commands)


@answers("PUT", "/applications/{application_id}/commands")
def set_commands(call: Call) -> Answer:
    _own(call)
    if not call.world.commands_allowed:
        raise Refusal(403, 50001)
    call.world.commands = _registered(call, call.world.commands, call.body or [], None)
    call.world.sync_count += 1
    call.world.bell.ring()
    return Answer(200, call.world.commands)


@answers("GET", "/applications/{application_id}/guilds/{guild_id}/commands")
def guild_commands(call: Call) -> Answer:
    _own(call)
    return Answer(200, call.world.guild_commands.get(_guild(call).id, []))


@answers("PUT", "/applications/{application_id}/guilds/{guild_id}/commands")
def set_guild_commands(call: Call) -> Answer:
    _own(call)
    guild = _guild(call)
    if not call.world.commands_allowed:
        raise Refusal(403, 50001)
    old = call.world.guild_commands.get(guild.id, [])
    call.world.guild_commands[guild.id] = _registered(call, old, call.body or [], guild.id)
    call.world.sync_count += 1
    call.world.bell.ring()
    return Answer(200, call.world.guild_commands[guild.id])


@answers("DELETE", "/applications/{application_id}/commands/{command_id}")
def delete_command(call: Call) -> Answer:
    _own(call)
    kept = [
        command for command in call.world.commands if command["id"] != call.parameters["command_id"]
    ]
    if len(kept) == len(call.world.commands):
        raise Refusal(404, 10063)
    call.world.commands = kept
    return NOTHING


@answers("GET", "/guilds/{guild_id}")
def guild(call: Call) -> Answer:
    return Answer(200, _guild(call).payload())


@answers("GET", "/guilds/{guild_id}/members/{user_id}")
def member(call: Call) -> Answer:
    place = _guild(call)
    found = call.world.users.get(call.parameters["user_id"])
    if found is None:
        raise Refusal(404, 10007)
    return Answer(200, found.member(place) | {"user": found.payload()})


def _own(call: Call) -> None:
    if call.parameters["application_id"] != call.world.application_id:
        raise Refusal(404, 10002)


def _guild(call: Call) -> Guild:
    found = call.world.guilds.get(call.parameters["guild_id"])
    if found is None:
        raise Refusal(404, 10004)
    if not found.installed:
        raise Refusal(403, 50001)
    return found


def _registered(call: Call, old: list[Json], new: list[Json], guild_id: str | None) -> list[Json]:
    """Commands as Discord lists them; one that was there before keeps its id."""
    if faults := tuple(command_faults(new)):
        raise invalid_body(*faults)
    known = {(command["type"], command["name"]): command["id"] for command in old}
    result = []
    for command in new:
        kind = command.get("type") or 1
        permissions = command.get("default_member_permissions")
        listed: Json = {
            "id": known.get((kind, command["name"])) or call.world.ids.next(),
            "application_id": call.world.application_id,
            "version": call.world.ids.next(),
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
    kept = [
        {key: value for key, value in option.items() if value is not None} for option in options
    ]
    return [
        option | {"options": _without_nulls(option["options"])} if "options" in option else option
        for option in kept
    ]
