"""The settings of the HTTP API, the reading page and MCP."""

from __future__ import annotations

from typing import Annotated

from pullquote.settings_types import HostName, OptionalPath, PublicUrl, whole_number
from pullquote.settings_validation import SettingsTable


class ServeSettings(SettingsTable):
    """`[serve]`: the HTTP API and the reading page."""

    host: HostName
    port: Annotated[int, whole_number(0, 65_535)]
    public_url: PublicUrl
    tokens: OptionalPath
    seconds: Annotated[int, whole_number(1, 600)]
    max_bytes: Annotated[int, whole_number(1_000, 10_000_000)]
