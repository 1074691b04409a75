"""The users and roles that a message pings, as its allowed mentions permit."""

import re
from collections.abc import Callable

from fakes.loopback_discord.component_tree import TEXT_DISPLAY, walk
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.users_and_guilds import User

USER_MENTION = re.compile(r"<@!?(\d+)>")
ROLE_MENTION = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)\b")


def mentions(body: Json, raw: Json, user: Callable[[str], User | None]) -> Json:
    """The mention fields of a message; without allowed_mentions all mentions in the text ping."""
    texts = [
        raw["content"],
        *(
            component["content"]
            for _, component in walk(raw["components"])
            if component["type"] == TEXT_DISPLAY
        ),
    ]
    text = "\n".join(texts)
    rules = body.get("allowed_mentions")
    users = [
        each.payload()
        for number in dict.fromkeys(USER_MENTION.findall(text))
        if _allows(rules, "users", number) and (each := user(number))
    ]
    roles = [
        number
        for number in dict.fromkeys(ROLE_MENTION.findall(text))
        if _allows(rules, "roles", number)
    ]
    # The permission to ping everyone can change, so it does not count here.
    return {
        "mentions": users,
        "mention_roles": roles,
        "mention_everyone": bool(EVERYONE.search(text)) and _allows(rules, "everyone", ""),
    }


def _allows(rules: Json | None, kind: str, number: str) -> bool:
    if rules is None:
        return True
    return kind in (rules.get("parse") or []) or number in map(str, rules.get(kind) or [])
