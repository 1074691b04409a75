"""The HTTP doors: the API for programs and the reading page. No discord."""
