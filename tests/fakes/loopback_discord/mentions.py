"""Whom a message pings, as far as its allowed mentions let it."""

import re
from collections.abc import Callable

from fakes.loopback_discord.component_tree import TEXT_DISPLAY, walk
from fakes.loopback_discord.people import User
from fakes.loopback_discord.refusals import Json

USER_MENTION = re.compile(r"<@!?(\d+)>")
ROLE_MENTION = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)\b")


def mentions(body: Json, raw: Json, user: Callable[[str], User | None]) -> Json:
    """The message's fields of mentions; without allowed_mentions everything in the text pings."""
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
    people = [
        each.payload()
        for number in dict.fromkeys(USER_MENTION.findall(text))
        if _lets(rules, "users", number) and (each := user(number))
    ]
    roles = [
        number
        for number in dict.fromkeys(ROLE_MENTION.findall(text))
        if _lets(rules, "roles", number)
    ]
    # The bot may lack the permission to ping everyone today and have it tomorrow; the text alone decides here.
    return {
        "mentions": people,
        "mention_roles": roles,
        "mention_everyone": bool(EVERYONE.search(text)) and _lets(rules, "everyone", ""),
    }


def _lets(rules: Json | None, kind: str, number: str) -> bool:
    if rules is None:
        return True
    return kind in (rules.get("parse") or []) or number in map(str, rules.get(kind) or [])
