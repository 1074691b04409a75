"""The walk over a message: at each place the first rule that applies, else one character as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from fakes.discord_markdown import patterns
from fakes.discord_markdown.rendered import Active, Kind, Rendered

_MOST_LISTS = 11  # CLIENT: lists nest no deeper


@dataclass(frozen=True)
class _Where:
    """What the markup around a piece of text says of it.

    Attributes:
        fresh: whether it begins where a line does. CLIENT hands this on, so that "**# a**" and "-# - a" hold a heading and a list.
        quote: whether a block quote is around it; they do not nest.
        lists: how many lists are around it.
        escapes: whether backslashes count; not so in the label of a masked link (CLIENT, "MarkupLinkRule", `allowEscape`).
    """

    fresh: bool = True
    quote: bool = False
    lists: int = 0
    escapes: bool = True


@dataclass(frozen=True)
class _Piece:
    """What a rule made of the text up to `end`."""

    end: int
    shown: Rendered


_Rule = Callable[[str, int, _Where], _Piece | None]


def render(text: str) -> Rendered:
    """Show `text`, the content of a message, as a client would."""
    # CLIENT (simple-markdown's `preprocess`); the server cuts white space off both ends of a message.
    source = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "").replace("\t", "    ")
    source = re.sub(rf"\A[{patterns.SPACE}]+|[{patterns.SPACE}]+\Z", "", source)
    shown = _walk(source, _Where())
    invites = tuple(
        Active(Kind.INVITE, found[0], found[0]) for found in patterns.INVITE.finditer(source)
    )
    return replace(shown, active=shown.active + invites, pings=tuple(patterns.PING.findall(source)))


def _walk(source: str, where: _Where) -> Rendered:
    """Show a piece of a message."""
    at = 0
    plain: list[str] = []
    active: list[Active] = []
    quoted: list[str] = []
    while at < len(source):
        line = source.rfind("\n", 0, at) + 1
        here = replace(where, fresh=not source[line:at].strip(" ") and (line > 0 or where.fresh))
        piece = next(
            (piece for rule in _RULES if (piece := rule(source, at, here))), None
        ) or _Piece(at + 1, Rendered(source[at]))
        plain.append(piece.shown.plain)
        active.extend(piece.shown.active)
        quoted.extend(piece.shown.quoted)
        at = piece.end
    return Rendered("".join(plain), tuple(active), tuple(quoted))


def _around(kind: Kind, inner: Rendered, target: str | None = None) -> Rendered:
    """What `inner` is with markup of `kind` around it."""
    return replace(inner, active=(Active(kind, inner.plain, target), *inner.active))


def _line(kind: Kind, pattern: re.Pattern[str]) -> _Rule:
    """A rule for markup that takes a line from its start."""

    def rule(source: str, at: int, where: _Where) -> _Piece | None:
        found = pattern.match(source, at) if where.fresh else None
        if not found:
            return None
        shown = _around(kind, _walk(found[1].strip(), where))
        return _Piece(
            found.end(), replace(shown, plain=shown.plain + "\n" * found[0].endswith("\n"))
        )

    return rule


def _quote(source: str, at: int, where: _Where) -> _Piece | None:
    """Quotes do not nest, and begin at the start of a line."""
    found = patterns.QUOTE.match(source, at) if where.fresh and not where.quote else None
    if not found:
        return None
    rest = patterns.QUOTE_REST.match(found[0])
    content = found[0][rest.end() :] if rest else patterns.QUOTE_MARK.sub("", found[0])
    inner = _walk(content.removesuffix("\n"), replace(where, quote=True))
    shown = _around(Kind.BLOCK_QUOTE, replace(inner, quoted=(inner.plain, *inner.quoted)))
    return _Piece(found.end(), replace(shown, plain=shown.plain + "\n" * content.endswith("\n")))


def _list(source: str, at: int, where: _Where) -> _Piece | None:
    """Lists begin at the start of a line and take the indented lines after an item with it; markers are not counted as shown."""
    found = patterns.LIST.match(source, at) if where.fresh and where.lists < _MOST_LISTS else None
    if not found:
        return None
    items = [_item(item[0], where) for item in patterns.LIST_ITEM.finditer(found[0])]
    inner = Rendered(
        "\n".join(item.plain for item in items),
        tuple(active for item in items for active in item.active),
        tuple(quoted for item in items for quoted in item.quoted),
    )
    shown = _around(Kind.LIST, inner)
    return _Piece(found.end(), replace(shown, plain=shown.plain + "\n" * found[0].endswith("\n")))


def _item(item: str, where: _Where) -> Rendered:
    """One item of a list: its marker goes, and as much of the indentation of its lines."""
    mark = patterns.LIST_MARK.match(item)
    assert mark
    content = patterns.LIST_MARK.sub(
        "", re.sub(rf"^ {{1,{mark.end()}}}", "", item, flags=re.MULTILINE), count=1
    )
    return _walk(re.sub(r" *\n\Z", "", content), replace(where, lists=where.lists + 1, fresh=True))


def _code(source: str, at: int, _where: _Where) -> _Piece | None:
    """A block of code, or code in a line. Nothing within has an effect, nor do backslashes."""
    if found := patterns.CODE_BLOCK.match(source, at):
        return _Piece(found.end(), _around(Kind.CODE_BLOCK, Rendered(found[1])))
    if found := patterns.INLINE_CODE.match(source, at):
        return _Piece(
            found.end(),
            _around(Kind.INLINE_CODE, Rendered(patterns.INLINE_CODE_PADDING.sub("", found[2]))),
        )
    return None


def _literal(source: str, at: int, where: _Where) -> _Piece | None:
    """What stands for plain characters: escapes, the shrug, and spaces before the end of a line."""
    if source.startswith(patterns.SHRUG, at):
        return _Piece(at + len(patterns.SHRUG), Rendered(patterns.SHRUG))
    if where.escapes and (found := patterns.ESCAPE.match(source, at)):
        return _Piece(found.end(), Rendered(found[1]))
    if found := patterns.LINE_BREAK.match(source, at):
        return _Piece(found.end(), Rendered("\n"))
    return None


def _entity(source: str, at: int, _where: _Where) -> _Piece | None:
    """Mentions, emoji and the like, and addresses between angle brackets."""
    for kind, pattern in patterns.BRACKETED:
        if found := pattern.match(source, at):
            return _Piece(found.end(), _around(kind, Rendered(found[1]), found[1]))
    for kind, pattern in patterns.ENTITIES:
        if found := pattern.match(source, at):
            return _Piece(found.end(), _around(kind, Rendered(found[0])))
    return None


def _url(source: str, at: int, _where: _Where) -> _Piece | None:
    """An address in the text. A closing bracket at its end is no part of it where none was opened (CLIENT, `url`)."""
    found = patterns.URL.match(source, at)
    if not found:
        return None
    url = found[0]
    closing = len(url) - len(url.rstrip(")"))
    if closing > url.count("("):
        url = url[:-1]
    return _Piece(at + len(url), _around(Kind.URL, Rendered(url), url))


def _masked_link(source: str, at: int, where: _Where) -> _Piece | None:
    """A link with a text of its own. One that leads nowhere is shown as it was written, backslashes and all (CLIENT, "MarkupLinkRule")."""
    found = patterns.MASKED_LINK.match(source, at)
    if not found:
        return None
    target = patterns.ESCAPE.sub(r"\1", found[2]).strip()
    if not found[1].strip() or not patterns.LINK_TARGET.match(target):
        within = _walk(found[0][1:], replace(where, fresh=False))
        return _Piece(found.end(), replace(within, plain=found[0]))
    return _Piece(
        found.end(),
        _around(
            Kind.MASKED_LINK, _walk(found[1], replace(where, fresh=False, escapes=False)), target
        ),
    )


def _styled(source: str, at: int, where: _Where) -> _Piece | None:
    """Bold, italics and underline, of which the longest wins and italics win a draw (simple-markdown's `quality`); then the two others."""
    closest = [
        (found.end(), precedence, kind, found)
        for precedence, kind, pattern in (
            (2, Kind.ITALIC, patterns.ITALIC),
            (1, Kind.BOLD, patterns.BOLD),
            (0, Kind.UNDERLINE, patterns.UNDERLINE),
        )
        if (found := pattern.match(source, at))
    ]
    if closest:
        end, _, kind, found = max(closest, key=lambda candidate: candidate[:2])
        return _Piece(end, _around(kind, _walk(found[found.lastindex or 0], where)))
    for kind, pattern in (
        (Kind.STRIKETHROUGH, patterns.STRIKETHROUGH),
        (Kind.SPOILER, patterns.SPOILER),
    ):
        if other := pattern.match(source, at):
            return _Piece(other.end(), _around(kind, _walk(other[1], where)))
    return None


_RULES: tuple[_Rule, ...] = (
    _line(Kind.HEADING, patterns.HEADING),
    _line(Kind.SUBTEXT, patterns.SUBTEXT),
    _quote,
    _list,
    _literal,
    _entity,
    _url,
    _masked_link,
    _styled,
    _code,
)
