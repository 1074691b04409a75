"""The type of the JSON objects that Discord and a bot exchange."""

from typing import Any

Json = dict[str, Any]
