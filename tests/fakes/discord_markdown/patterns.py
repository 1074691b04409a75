r"""The patterns of markup. The package's docstring explains the names of the sources.

As in the client's own expressions, white space is what JavaScript's `\s` matches, and digits and
word characters are ASCII.
"""

from __future__ import annotations

import re

from fakes.discord_markdown.rendered import Kind

SPACE = r"\s\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
BULLET = r"(?:[*+-]|\d+\.)"


def _pattern(text: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Compile a pattern in which `%s` stands for the characters of white space."""
    return re.compile(text.replace("%s", SPACE), re.ASCII | flags)


# CLIENT and SIMPLEAST: before an ASCII letter or digit or white space, a backslash is plain text.
ESCAPE = _pattern(r"\\([^0-9A-Za-z%s])")
# CLIENT: here the backslash is not an escape.
SHRUG = "¯\\_(ツ)_/¯"
# CLIENT (`br`): two or more spaces before the end of a line are not shown.
LINE_BREAK = _pattern(r" {2,}\n")

# HELP and CLIENT. Versions differ whether "# # a" is a heading; here it is. Trailing hash signs are
# not shown.
HEADING = _pattern(r" *#{1,3}[%s]+([^\n]+?)#*[%s]*(?:\n|\Z)")
# HELP and CLIENT. As with headings, "-# -# a" counts as subtext.
SUBTEXT = _pattern(r" *-# +([^\n]+)(?:\n|\Z)")
# CLIENT: a space must follow. Adjacent lines are one quote; ">>> " quotes the rest of the message.
QUOTE = _pattern(r" *>>> +[\s\S]*| *>(?!>>) +[^\n]*(?:\n *>(?!>>) +[^\n]*)*\n?")
QUOTE_REST = _pattern(r" *>>> ?")
# CLIENT removes the mark at each start of a line in JavaScript, also after U+2028 and U+2029.
QUOTE_MARK = _pattern(r"(?:\A|(?<=[\n\r\u2028\u2029])) *> ?")
# CLIENT; "+" is a bullet in simple-markdown and jeremy-rifkin's parser only.
LIST = _pattern(rf"( *){BULLET} [\s\S]+?(?:\n(?! )(?!\1{BULLET} )|\Z)")
LIST_ITEM = _pattern(rf"( *){BULLET} +[^\n]*(?:\n(?!\1{BULLET} )[^\n]*)*(?:\n|\Z)")
LIST_MARK = _pattern(rf" *{BULLET} +")
CODE_BLOCK = _pattern(r"```(?:[A-Za-z0-9_+\-.]+?\n)?\n*([^\n][\s\S]*?)\n*```")

# simple-markdown's `em` with the client's `looseEm`: up to two spaces before the closing star.
ITALIC = _pattern(
    r"_((?:__|\\[\s\S]|[^\\_])+?)_\b"
    r"|\*(?=[^%s])((?:\*\*|\\[\s\S]|[%s]+(?:\\[\s\S]|[^%s*\\]|\*\*)|[^%s*\\])+?) {0,2}\*(?!\*)",
)
BOLD = _pattern(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")
UNDERLINE = _pattern(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")
# CLIENT: backslashes inside these two do not escape.
STRIKETHROUGH = _pattern(r"~~([\s\S]+?)~~(?!_)")
SPOILER = _pattern(r"\|\|([\s\S]+?)\|\|")
INLINE_CODE = _pattern(r"(`+)([\s\S]*?[^`])\1(?!`)")
# CLIENT: one space next to an inner backtick is removed at either end.
INLINE_CODE_PADDING = _pattern(r"\A (?= *`)|(?<=`) \Z")

# simple-markdown's `link`. Backslashes in the label do not escape: "[a\](https://b.c)" is a link.
MASKED_LINK = _pattern(
    r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]"
    r"\([%s]*<?((?:\([^)]*\)|[^%s\\]|\\.)*?)>?(?:[%s]+['\"][\s\S]*?['\"])?[%s]*\)",
)
# CLIENT ("MarkupLinkRule", ALLOWED_PROTOCOLS) allows http, https and discord; the others are not
# certain.
LINK_TARGET = _pattern(r"(?:https?|discord|steam)://[^/%s]|(?:mailto|tel|sms):[^%s]", re.IGNORECASE)
# CLIENT allows http, https and steam in lower case.
URL = _pattern(r"(?:https?|steam|discord)://[^%s<]+[^<.,:;\"'\]%s]", re.IGNORECASE)

# REFERENCE and CLIENT: what a client replaces by a display of its own; the first match counts.
ENTITIES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.CUSTOM_EMOJI, _pattern(r"<a?:\w+:\d+>")),
    (Kind.TIMESTAMP, _pattern(r"<t:-?\d+(?::[tTdDfFsSR])?>")),
    (Kind.USER_MENTION, _pattern(r"<@!?\d+>")),
    (Kind.ROLE_MENTION, _pattern(r"<@&\d+>")),
    (Kind.CHANNEL_MENTION, _pattern(r"<#\d+>")),
    (Kind.COMMAND_MENTION, _pattern(r"</[^<>:\n]+:\d+>")),
    (Kind.GAME_PROFILE, _pattern(r"<@\$\d+>")),
    (Kind.NAVIGATION, _pattern(r"<id:[a-z-]+(?::\d+)?>")),
    (Kind.SOUND, _pattern(r"<sound:[\d:]+>")),
    (Kind.EVERYONE_MENTION, _pattern(r"@(?:everyone|here)")),
    # CLIENT replaces known names; here every name counts as known.
    (Kind.SHORTCODE, _pattern(r":[A-Za-z0-9_+~-]+(?:::skin-tone-\d)?:")),
)
# In angle brackets, which are not shown: simple-markdown's `autolink` accepts any scheme with ":/",
# its `mailto` any address. Phones: REFERENCE.
BRACKETED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.AUTOLINK, _pattern(r"<([^: >]+:/[^ >]+)>")),
    (Kind.EMAIL, _pattern(r"<((?:mailto:)?[^ >@:]+@[^ >]+)>")),
    (Kind.PHONE, _pattern(r"<((?:tel:|sms:|\+)[0-9()+\-. ]+)>")),
)

# Searched for in the raw message, whatever markup surrounds it.
INVITE = _pattern(
    r"(?:discord\.(?:gg|gift|new)|discord(?:app)?\.com/(?:invite|gifts|template))/[A-Za-z0-9-]+",
    re.IGNORECASE,
)
PING = _pattern(r"<@[!&]?\d+>|@everyone|@here")
