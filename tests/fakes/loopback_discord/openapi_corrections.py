"""Schemas that replace those of Discord's description, where Discord accepts more than it says."""

from fakes.loopback_discord.payload import Json

# Discord reads an id from a JSON number as well as from a string. discord.py sends numbers for the
# recipient of a direct message, in allowed mentions, for the message that a reply refers to, and
# for the ids of attachments.
SNOWFLAKE = {
    "anyOf": [{"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}, {"type": "integer", "minimum": 0}]
}

CORRECTED_SCHEMAS: Json = {"SnowflakeType": SNOWFLAKE}
"""By the name of the schema in the description."""
