"""What real Discord takes although its description does not say so: each with its reason, and no more than these."""

from fakes.loopback_discord.refusals import Json

# Discord reads an id from a JSON number as well as from a string. discord.py sends numbers for the recipient of a direct
# message, for allowed mentions, for the message that is replied to and for the ids of attachments.
SNOWFLAKE = {
    "anyOf": [{"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}, {"type": "integer", "minimum": 0}]
}

# By the name of the description's schema.
ALLOWANCES: Json = {"SnowflakeType": SNOWFLAKE}
