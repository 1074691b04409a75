"""Parses Markdown within the limits of an article. The one door to markdown-it."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from pullquote_index.readers.markdown_dialects import to_common_mark
from pullquote_index.readers.time_limit import OverBudgetError, check_time

_PARSER = (
    MarkdownIt("commonmark", {"maxNesting": 60})
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
    .use(deflist_plugin)
)
_MAX_LINES = 100_000
_MAX_CHARACTERS = 5_000_000
_MAX_INLINE_CHARACTERS = 50_000
"""The marks in a longer paragraph are text: to join what is between them takes a time that grows
with the square of its length."""


def parse_markdown(markdown: str, *, is_mdx: bool) -> Sequence[Token]:
    """The tokens of Markdown, or of MDX.

    Raises:
        OverBudgetError: it takes more time than an article has, or is larger than one.
    """
    if markdown.count("\n") + markdown.count("\r") > _MAX_LINES:
        raise OverBudgetError(f"has more than {_MAX_LINES:,} lines of Markdown")
    common = to_common_mark(markdown, is_mdx=is_mdx) if len(markdown) <= _MAX_CHARACTERS else ""
    if max(len(markdown), len(common)) > _MAX_CHARACTERS:
        raise OverBudgetError(f"has more than {_MAX_CHARACTERS:,} characters of Markdown")
    return _PARSER.parse(common)


def _parse_inline(state: StateCore) -> None:
    """Parse the marks within each block, as the library's own rule does, unless it is very long."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        check_time()
        token.children = []
        if len(token.content) > _MAX_INLINE_CHARACTERS:
            plain = token.content.replace("&#91;", "[").replace("&#93;", "]")
            token.children.append(Token("text", "", 0, content=plain))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _look_at_clock(*_: object) -> bool:
    """A rule that never matches."""
    check_time()
    return False


_PARSER.core.ruler.at("inline", _parse_inline)
_ENDED_BLOCKS = ["paragraph", "reference", "blockquote", "list"]
"""Blocks of which each line is tried for the start of another block."""
for _ruler, _ended in ((_PARSER.block.ruler, _ENDED_BLOCKS), (_PARSER.inline.ruler, [])):
    # Each block, each line of one, and each mark within one, costs a look at the clock: some take a
    # time that grows with the square of what follows.
    _ruler.before(_ruler.get_active_rules()[0], "time", _look_at_clock, {"alt": _ended})
