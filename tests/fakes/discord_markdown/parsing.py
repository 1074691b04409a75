"""The parser: at each position it applies the first matching rule, or takes one plain character."""
# Longer than 250 lines because the rules and the walk over a message call each other.

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from fakes.discord_markdown import patterns
from fakes.discord_markdown.rendered import Active, Kind, Rendered

_MAX_NESTED_LISTS = 11  # CLIENT


@dataclass(frozen=True)
class _Context:
    """The context of a piece of text.

    Attributes:
        line_start: whether it begins at the start of a line. CLIENT passes this on to the inner
            text, so "**# a**" contains a heading and "-# - a" a list.
        in_quote: whether it is in a block quote; they do not nest.
        lists: the number of lists around it.
        escapes: whether backslashes escape. They do not in the label of a masked link (CLIENT,
            "MarkupLinkRule", `allowEscape`).
    """

    line_start: bool = True
    in_quote: bool = False
    lists: int = 0
    escapes: bool = True


@dataclass(frozen=True)
class _Piece:
    """What a rule makes of the text up to `end`."""

    end: int
    rendered: Rendered


_Rule = Callable[[str, int, _Context], _Piece | None]


def render(text: str) -> Rendered:
    """Render `text`, the content of a message, as a client does."""
    # CLIENT (simple-markdown's `preprocess`). The server strips white space at both ends.
    source = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "").replace("\t", "    ")
    source = re.sub(rf"\A[{patterns.SPACE}]+|[{patterns.SPACE}]+\Z", "", source)
    rendered = _walk(source, _Context())
    invites = tuple(
        Active(Kind.INVITE, match[0], match[0]) for match in patterns.INVITE.finditer(source)
    )
    return replace(
        rendered, active=rendered.active + invites, pings=tuple(patterns.PING.findall(source))
    )


def _walk(source: str, context: _Context) -> Rendered:
    """Render a piece of a message."""
    position = 0
    plain: list[str] = []
    active: list[Active] = []
    quoted: list[str] = []
    while position < len(source):
        line = source.rfind("\n", 0, position) + 1
        context_here = replace(
            context,
            line_start=not source[line:position].strip(" ") and (line > 0 or context.line_start),
        )
        piece = next(
            (piece for rule in _RULES if (piece := rule(source, position, context_here))), None
        ) or _Piece(position + 1, Rendered(source[position]))
        plain.append(piece.rendered.plain)
        active.extend(piece.rendered.active)
        quoted.extend(piece.rendered.quoted)
        position = piece.end
    return Rendered("".join(plain), tuple(active), tuple(quoted))


def _with_markup(kind: Kind, inner: Rendered, target: str | None = None) -> Rendered:
    """The rendered inner text with markup of `kind` around it."""
    return replace(inner, active=(Active(kind, inner.plain, target), *inner.active))


def _line_rule(kind: Kind, pattern: re.Pattern[str]) -> _Rule:
    """A rule for markup of a whole line."""

    def rule(source: str, position: int, context: _Context) -> _Piece | None:
        match = pattern.match(source, position) if context.line_start else None
        if not match:
            return None
        rendered = _with_markup(kind, _walk(match[1].strip(), context))
        return _Piece(
            match.end(), replace(rendered, plain=rendered.plain + "\n" * match[0].endswith("\n"))
        )

    return rule


def _quote(source: str, position: int, context: _Context) -> _Piece | None:
    """A block quote; it begins at the start of a line."""
    match = (
        patterns.QUOTE.match(source, position)
        if context.line_start and not context.in_quote
        else None
    )
    if not match:
        return None
    rest = patterns.QUOTE_REST.match(match[0])
    content = match[0][rest.end() :] if rest else patterns.QUOTE_MARK.sub("", match[0])
    inner = _walk(content.removesuffix("\n"), replace(context, in_quote=True))
    rendered = _with_markup(Kind.BLOCK_QUOTE, replace(inner, quoted=(inner.plain, *inner.quoted)))
    return _Piece(
        match.end(), replace(rendered, plain=rendered.plain + "\n" * content.endswith("\n"))
    )


def _list(source: str, position: int, context: _Context) -> _Piece | None:
    """A list, with the indented lines after each item; its plain text is without markers."""
    match = (
        patterns.LIST.match(source, position)
        if context.line_start and context.lists < _MAX_NESTED_LISTS
        else None
    )
    if not match:
        return None
    items = [_item(item[0], context) for item in patterns.LIST_ITEM.finditer(match[0])]
    inner = Rendered(
        "\n".join(item.plain for item in items),
        tuple(active for item in items for active in item.active),
        tuple(quoted for item in items for quoted in item.quoted),
    )
    rendered = _with_markup(Kind.LIST, inner)
    return _Piece(
        match.end(), replace(rendered, plain=rendered.plain + "\n" * match[0].endswith("\n"))
    )


def _item(item: str, context: _Context) -> Rendered:
    """One item of a list, without its marker and the same width of indentation."""
    mark = patterns.LIST_MARK.match(item)
    assert mark
    content = patterns.LIST_MARK.sub(
        "", re.sub(rf"^ {{1,{mark.end()}}}", "", item, flags=re.MULTILINE), count=1
    )
    return _walk(
        re.sub(r" *\n\Z", "", content), replace(context, lists=context.lists + 1, line_start=True)
    )


def _code(source: str, position: int, _where: _Context) -> _Piece | None:
    """A code block or inline code. Markup and backslashes in it have no effect."""
    if match := patterns.CODE_BLOCK.match(source, position):
        return _Piece(match.end(), _with_markup(Kind.CODE_BLOCK, Rendered(match[1])))
    if match := patterns.INLINE_CODE.match(source, position):
        return _Piece(
            match.end(),
            _with_markup(
                Kind.INLINE_CODE, Rendered(patterns.INLINE_CODE_PADDING.sub("", match[2]))
            ),
        )
    return None


def _literal(source: str, position: int, context: _Context) -> _Piece | None:
    """Escapes, the shrug, and spaces before the end of a line."""
    if source.startswith(patterns.SHRUG, position):
        return _Piece(position + len(patterns.SHRUG), Rendered(patterns.SHRUG))
    if context.escapes and (match := patterns.ESCAPE.match(source, position)):
        return _Piece(match.end(), Rendered(match[1]))
    if match := patterns.LINE_BREAK.match(source, position):
        return _Piece(match.end(), Rendered("\n"))
    return None


def _entity(source: str, position: int, _where: _Context) -> _Piece | None:
    """Mentions, emoji and other entities, and addresses in angle brackets."""
    for kind, pattern in patterns.BRACKETED:
        if match := pattern.match(source, position):
            return _Piece(match.end(), _with_markup(kind, Rendered(match[1]), match[1]))
    for kind, pattern in patterns.ENTITIES:
        if match := pattern.match(source, position):
            return _Piece(match.end(), _with_markup(kind, Rendered(match[0])))
    return None


def _url(source: str, position: int, _where: _Context) -> _Piece | None:
    """An address. An unmatched closing bracket at the end is not part of it (CLIENT, `url`)."""
    match = patterns.URL.match(source, position)
    if not match:
        return None
    url = match[0]
    closing = len(url) - len(url.rstrip(")"))
    if closing > url.count("("):
        url = url[:-1]
    return _Piece(position + len(url), _with_markup(Kind.URL, Rendered(url), url))


def _masked_link(source: str, position: int, context: _Context) -> _Piece | None:
    """A link with a label. Without a valid target it is shown as source text (CLIENT)."""
    match = patterns.MASKED_LINK.match(source, position)
    if not match:
        return None
    target = patterns.ESCAPE.sub(r"\1", match[2]).strip()
    if not match[1].strip() or not patterns.LINK_TARGET.match(target):
        within = _walk(match[0][1:], replace(context, line_start=False))
        return _Piece(match.end(), replace(within, plain=match[0]))
    return _Piece(
        match.end(),
        _with_markup(
            Kind.MASKED_LINK,
            _walk(match[1], replace(context, line_start=False, escapes=False)),
            target,
        ),
    )


def _styled(source: str, position: int, context: _Context) -> _Piece | None:
    """Bold, italics and underline, then strikethrough and spoilers.

    The longest of the first three wins, and italics in a tie (simple-markdown's `quality`).
    """
    candidates = [
        (match.end(), precedence, kind, match)
        for precedence, kind, pattern in (
            (2, Kind.ITALIC, patterns.ITALIC),
            (1, Kind.BOLD, patterns.BOLD),
            (0, Kind.UNDERLINE, patterns.UNDERLINE),
        )
        if (match := pattern.match(source, position))
    ]
    if candidates:
        end, _, kind, match = max(candidates, key=lambda candidate: candidate[:2])
        return _Piece(end, _with_markup(kind, _walk(match[match.lastindex or 0], context)))
    for kind, pattern in (
        (Kind.STRIKETHROUGH, patterns.STRIKETHROUGH),
        (Kind.SPOILER, patterns.SPOILER),
    ):
        if match := pattern.match(source, position):
            return _Piece(match.end(), _with_markup(kind, _walk(match[1], context)))
    return None


_RULES: tuple[_Rule, ...] = (
    _line_rule(Kind.HEADING, patterns.HEADING),
    _line_rule(Kind.SUBTEXT, patterns.SUBTEXT),
    _quote,
    _list,
    _literal,
    _entity,
    _url,
    _masked_link,
    _styled,
    _code,
)
