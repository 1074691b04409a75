"""What real Discord takes although its description does not say so: each with its reason, and no more than these."""

from typing import Any

from loopback_discord.refusals import Fault, Json

# Discord's API reads an id from a JSON number as well as from a string ("Snowflakes" in its reference shows the string
# that it answers with); discord.py sends numbers for the recipient of a direct message, for allowed mentions, for
# the reference of a reply and for the ids of attachments.
SNOWFLAKE = {"anyOf": [{"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}, {"type": "integer", "minimum": 0}]}

# Per operation and field: discord.py sends these and Discord takes them.
FIELDS: dict[tuple[str, str], frozenset[str]] = {
    # A thread's duration of `null` means the channel's own; the description names the values only.
    ("POST", "/channels/{channel_id}/messages/{message_id}/threads"): frozenset({"auto_archive_duration"}),
}


def loosened(schemas: Json) -> Json:
    """The description's schemas with what is allowed beyond them."""
    return {**schemas, "SnowflakeType": SNOWFLAKE}


def allowed(method: str, template: str, fault: Fault) -> bool:
    fields = FIELDS.get((method, template), frozenset[Any]())
    return bool(fault.path) and fault.path[0] in fields and "null" in fault.message
