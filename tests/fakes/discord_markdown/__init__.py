"""Discord's message markdown as its clients render it, for tests to hold escaped text against.

`render` tells what a reader sees of a message and what in it took effect. Where clients differ, or where it is not known what they do, it says
that markup is active: text which is inert here is inert everywhere. It knows nothing of the project and shares no code with it.

Where the rules come from:

- The rules of Discord's own client, as published readings of its web and mobile bundles show them ("MarkupHeadingRule", "MarkupSubtextRule",
  "MarkupLinkRule" and the table of rules that they stand in), and the library below them, ariabuckles/simple-markdown. Named CLIENT below.
- discord/SimpleAST, SimpleMarkdownRules.kt: the first Android client's bold, italics, underline, strikethrough and escapes. Named SIMPLEAST.
- LyricLy/parse-discord, its parse.py and tests: found by trying the desktop client. Named PARSE-DISCORD.
- jeremy-rifkin/discord-markdown, src/markdown.ts, and ItzDerock/discord-markdown-parser, src/rules: two more parsers, with notes on edges.
- Discord's developer documentation, Reference, "Message formatting": mentions, emoji, timestamps, navigation, addresses. Named REFERENCE.
- Discord's help centre, "Markdown Text 101": what a user is told of headings, subtext, lists, quotes and links. Named HELP.
"""

from fakes.discord_markdown.parsing import render
from fakes.discord_markdown.rendered import Active, Kind, Rendered

__all__ = ["Active", "Kind", "Rendered", "render"]
