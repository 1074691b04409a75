"""The MCP door: the archive as tools and resources for assistants. No discord."""
