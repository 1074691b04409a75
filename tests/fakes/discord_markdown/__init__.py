"""Renders Discord's message markdown as its clients do, for tests of escaped text.

`render` returns what a reader sees of a message, and which markup takes effect in it. Where clients
differ, or their behaviour is not known, it reports markup as active, so text that is inert here is
inert in every client. It shares no code with the project.

Sources of the rules, with the names used in comments:

- CLIENT: the rules of Discord's own client, from published readings of its web and mobile bundles
  (the table of rules with "MarkupHeadingRule", "MarkupSubtextRule" and "MarkupLinkRule"), and the
  library it builds on, ariabuckles/simple-markdown.
- SIMPLEAST: discord/SimpleAST, SimpleMarkdownRules.kt: bold, italics, underline, strikethrough and
  escapes of the first Android client.
- PARSE-DISCORD: LyricLy/parse-discord, its parse.py and tests, from trials with the desktop client.
- jeremy-rifkin/discord-markdown, src/markdown.ts, and ItzDerock/discord-markdown-parser, src/rules:
  two more parsers, with notes on edge cases.
- REFERENCE: Discord's developer documentation, Reference, "Message formatting": mentions, emoji,
  timestamps, navigation, addresses.
- HELP: Discord's help centre, "Markdown Text 101": headings, subtext, lists, quotes and links.
"""

from fakes.discord_markdown.parsing import render
from fakes.discord_markdown.rendered import Active, Kind, Rendered

__all__ = ["Active", "Kind", "Rendered", "render"]
