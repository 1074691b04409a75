r"""The shape of each piece of markup. The names of sources are told in the package's docstring.

White space is what JavaScript's `\s` matches, digits and word characters are ASCII, as in the client's own expressions.
"""

from __future__ import annotations

import re

from fakes.discord_markdown.rendered import Kind

SPACE = r"\s\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
BULLET = r"(?:[*+-]|\d+\.)"


def _pattern(text: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Compile `text`, with `%s` standing for the members of the class of white space."""
    return re.compile(text.replace("%s", SPACE), re.ASCII | flags)


# CLIENT and SIMPLEAST agree: a backslash before a letter or digit of ASCII, or before white space, is a backslash.
ESCAPE = _pattern(r"\\([^0-9A-Za-z%s])")
# CLIENT: this face keeps its arm, where the escape would take it off.
SHRUG = "¯\\_(ツ)_/¯"
# CLIENT (`br`): two or more spaces before the end of a line are not shown.
LINE_BREAK = _pattern(r" {2,}\n")

# HELP and CLIENT. Whether "# # a" is a heading has changed between versions; here it is. Hash signs at the end are not shown.
HEADING = _pattern(r" *#{1,3}[%s]+([^\n]+?)#*[%s]*(?:\n|\Z)")
# HELP and CLIENT; as with headings, "-# -# a" counts.
SUBTEXT = _pattern(r" *-# +([^\n]+)(?:\n|\Z)")
# CLIENT: a space must follow; lines next to one another are one quote; after ">>> " all the rest is.
QUOTE = _pattern(r" *>>> +[\s\S]*| *>(?!>>) +[^\n]*(?:\n *>(?!>>) +[^\n]*)*\n?")
QUOTE_REST = _pattern(r" *>>> ?")
# CLIENT takes the mark off wherever JavaScript says that a line begins, which is also after U+2028 and U+2029.
QUOTE_MARK = _pattern(r"(?:\A|(?<=[\n\r\u2028\u2029])) *> ?")
# CLIENT; "+" is a bullet in simple-markdown and in jeremy-rifkin's parser alone.
LIST = _pattern(rf"( *){BULLET} [\s\S]+?(?:\n(?! )(?!\1{BULLET} )|\Z)")
LIST_ITEM = _pattern(rf"( *){BULLET} +[^\n]*(?:\n(?!\1{BULLET} )[^\n]*)*(?:\n|\Z)")
LIST_MARK = _pattern(rf" *{BULLET} +")
CODE_BLOCK = _pattern(r"```(?:[A-Za-z0-9_+\-.]+?\n)?\n*([^\n][\s\S]*?)\n*```")

# simple-markdown's `em` with the client's `looseEm`, which lets one or two spaces stand before the closing star.
ITALIC = _pattern(
    r"_((?:__|\\[\s\S]|[^\\_])+?)_\b"
    r"|\*(?=[^%s])((?:\*\*|\\[\s\S]|[%s]+(?:\\[\s\S]|[^%s*\\]|\*\*)|[^%s*\\])+?) {0,2}\*(?!\*)",
)
BOLD = _pattern(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")
UNDERLINE = _pattern(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")
# CLIENT: these two do not heed backslashes within.
STRIKETHROUGH = _pattern(r"~~([\s\S]+?)~~(?!_)")
SPOILER = _pattern(r"\|\|([\s\S]+?)\|\|")
INLINE_CODE = _pattern(r"(`+)([\s\S]*?[^`])\1(?!`)")
# CLIENT: one space is taken off either end where a backtick follows or precedes.
INLINE_CODE_PADDING = _pattern(r"\A (?= *`)|(?<=`) \Z")

# simple-markdown's `link`; backslashes within the label do not count, so "[a\](https://b.c)" is one.
MASKED_LINK = _pattern(
    r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]"
    r"\([%s]*<?((?:\([^)]*\)|[^%s\\]|\\.)*?)>?(?:[%s]+['\"][\s\S]*?['\"])?[%s]*\)",
)
# CLIENT ("MarkupLinkRule", ALLOWED_PROTOCOLS) follows http, https and discord; the others are in doubt.
LINK_TARGET = _pattern(r"(?:https?|discord|steam)://[^/%s]|(?:mailto|tel|sms):[^%s]", re.IGNORECASE)
# CLIENT takes http, https and steam in small letters.
URL = _pattern(r"(?:https?|steam|discord)://[^%s<]+[^<.,:;\"'\]%s]", re.IGNORECASE)

# Those that a client puts a thing of its own in place of, the first that matches. REFERENCE and CLIENT.
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
    # CLIENT replaces the names that it knows; here every name counts as known.
    (Kind.SHORTCODE, _pattern(r":[A-Za-z0-9_+~-]+(?:::skin-tone-\d)?:")),
)
# Between angle brackets, which are not shown. simple-markdown's `autolink` takes any scheme with ":/", `mailto` any address; phones: REFERENCE.
BRACKETED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.AUTOLINK, _pattern(r"<([^: >]+:/[^ >]+)>")),
    (Kind.EMAIL, _pattern(r"<((?:mailto:)?[^ >@:]+@[^ >]+)>")),
    (Kind.PHONE, _pattern(r"<((?:tel:|sms:|\+)[0-9()+\-. ]+)>")),
)

# Looked for in the raw message, whatever stands around it.
INVITE = _pattern(
    r"(?:discord\.(?:gg|gift|new)|discord(?:app)?\.com/(?:invite|gifts|template))/[A-Za-z0-9-]+",
    re.IGNORECASE,
)
PING = _pattern(r"<@[!&]?\d+>|@everyone|@here")
