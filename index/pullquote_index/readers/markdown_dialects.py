"""Takes out of Markdown what is not CommonMark: shortcodes, MDX, Obsidian's links, admonitions.

Nothing moves to another line, so that blocks keep their line numbers. Code is left as it is.
"""

from __future__ import annotations

import re

from pullquote_index.readers.time_limit import check_time

_FENCE = re.compile(r"[ >\t]*(?P<fence>`{3,}|~{3,})")
_CODE_SPAN = "(?P<ticks>(?<!`)`+)"
"""Begins a span of code, if marks of the same length end it in its paragraph."""
_BACKTICKS = re.compile("`+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_MAX_CODE_CHARACTERS = 5_000
_TEMPLATES = r"""
    # Jekyll: text that shows braces
    \{%-?\s*raw\s*-?%\}(?P<raw>(?:[^{]|\{(?!%-?\s*(?:end)?raw\b)){0,9999}+)
        \{%-?\s*endraw\s*-?%\}
    # Jekyll: blocks of code and of comments
    |\{%-?\s*(?P<paired>comment|highlight|mermaid)\b[^%]{0,200}%\}
        (?:[^{]|\{(?!%-?\s*(?:end)?(?P=paired)\b)){0,9999}+\{%-?\s*end(?P=paired)\s*-?%\}
    # Nunjucks, Liquid: comments, and blocks of code that are kept under a name
    |\{\#(?:[^#{]|\#(?!\})|\{(?!\#)){0,9999}+\#\}
    |\{%-?\s*(?P<kept_as>set|capture)\s+\w*[cC]ode\w*\s*-?%\}
        (?:[^{]|\{(?!%-?\s*end(?P=kept_as)\b)){0,9999}+\{%-?\s*end(?P=kept_as)\s*-?%\}
    # Jekyll, Zola: tags
    |\{%(?:[^%{]|%(?!\})|\{(?!%)){0,999}+%\}
    # Hugo: shortcodes
    |\{\{[<%](?:[^>%{]|[>%](?!\}\})|\{(?!\{[<%])){0,999}+[>%]\}\}
    # Jekyll, Zola: values and shortcodes
    |\{\{(?:[^{}\n]|[{}](?![{}])|\n(?![^\S\n]*\n)){0,999}+\}\}"""
"""What templates of Jekyll, Hugo and Zola replace. A verbose pattern."""
_TEMPLATE = re.compile(_TEMPLATES, re.VERBOSE)
_SHORTCODES = re.compile(
    rf"""{_CODE_SPAN}
    |{_TEMPLATES}
    |%%(?:(?!%%)[\s\S]){{0,9999}}%%  # Obsidian: comments
    |\{{:[^{{}}\n]{{0,299}}+\}}  # kramdown: attributes
    |(?<=[\s)}}])\{{[\#.][\w-][^{{}}\n]{{0,299}}+\}}  # attributes of headings, links and images
    |!\[\[[^\[\]\n]{{0,299}}+\]\]  # Obsidian: embedded files
    |\[\[(?:[^\[\]|\n]{{1,299}}+\|)?(?P<words>[^\[\]|\n]{{1,299}}+)\]\](?![(\[])  # Obsidian: links
    |==(?=\S)(?P<marked>[^=\n]{{1,999}})(?<=\S)==  # Obsidian: highlighted words
    """,
    re.VERBOSE,
)
_ESM = re.compile(
    r"(?:import\s[^\n]*\bfrom\s*['\"][^'\"\n]+['\"]|import\s*['\"][^'\"\n]+['\"]);?\s*"
)
_EXPORT = re.compile(r"export\s+(?:const|let|default|function|async|class|\{)")
_BRACES = r"\{(?:[^{}]|\{[^{}]{0,999}+\}){0,1999}+\}"
_JSX = re.compile(
    rf"""{_CODE_SPAN}
    |\{{/\*(?:[^*{{]|\*(?!/\}})|\{{(?!/\*)){{0,9999}}+\*/\}}  # comments
    |</?(?:[A-Z][\w.]*+)?  # components
        (?:\s(?:[^<>{{}}"']|"[^"<]{{0,999}}+"|'[^'<]{{0,999}}+'|{_BRACES}){{0,1999}}+)?/?>
    |<[a-z][\w-]*+\s[^<>{{}}]{{0,1999}}={_BRACES}  # elements with expressions
        (?:[^<>{{}}]|{_BRACES}){{0,1999}}+>
    |\{{(?:[^{{}}\n]|\{{[^{{}}\n]{{0,999}}+\}}){{0,1999}}+\}}  # expressions
    """,
    re.VERBOSE,
)
_TABLE_OF_CONTENTS = re.compile(
    r"\s*(?:\[TOC\]|\[\[_?toc_?\]\]|\$toc|<toc\s*/?>)\s*", re.IGNORECASE
)
_KRAMDOWN_CONTENTS = re.compile(r"\s*\{:\s*(?:\.\S+\s+)*toc\b")
_FENCED_DIV = re.compile(r"\s*:{3,}(?!:).*")
_ADMONITION = re.compile(
    r"(?:!!!|\?\?\?\+?)\s+(?P<kind>[\w-]+)(?:[^\"\n]*\"(?P<title>[^\"\n]*)\")?"
)
_RAW_IN_CODE = re.compile(
    r"\{%-?\s*raw\s*-?%\}(?P<raw>(?:[^{]|\{(?!%-?\s*(?:end)?raw\b))*+)\{%-?\s*endraw\s*-?%\}"
)
_LINK_DEFINITION = re.compile(
    r" {0,3}\[(?P<label>[^\]^][^\]]*)\]:\s*"
    r"(?:<[^<>\n]*>|(?P<template>\S{0,99}(?:\{\{[^{}\n]{0,299}\}\}|\{%[^%\n]{0,299}%\})\S{0,299})|\S+)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*"
)
_MAX_BRACKETS = 1_000
"""A line with more opening brackets has no links: the parser's time grows with their square."""
_BRACKET = re.compile(r"[\[\]]")
_MAX_OPEN_BRACKETS = 8
"""The maximum depth of nested brackets in a paragraph. A deeper bracket is text and opens no link,
because the parser searches for the end of every open bracket again at each one."""
_BEGINS_BLOCK = re.compile(r"\s*(?:$|[-*+>|#:`~]|\d{1,9}[.)])")
_INDENT = 4
"""Spaces before the lines of an admonition."""


def to_common_mark(markdown: str, *, is_mdx: bool = False) -> str:
    """Markdown without what its dialects add, line by line as before.

    Args:
        markdown: the text, without front matter.
        is_mdx: whether expressions in braces and components are code, as in MDX.
    """
    lines = markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_code = _code_lines(lines)
    definitions = _blank_special_lines(lines, is_code, is_mdx=is_mdx)
    _limit_open_brackets(lines)
    pieces, start = [], 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or is_code[end] != is_code[start]:
            text = "\n".join(lines[start:end])
            pieces.append(text if is_code[start] else _without_shortcodes(text, is_mdx=is_mdx))
            start = end
    return "\n".join((*pieces, *(["", *definitions] if definitions else [])))


def without_templates(html: str) -> str:
    """HTML without the tags, values and shortcodes of templates, line by line as before."""
    return _TEMPLATE.sub(_kept, html)


def _code_lines(lines: list[str]) -> list[bool]:
    """Whether each line belongs to a fenced block of code."""
    is_code, fence = [], ""
    for line in lines:
        match = _FENCE.match(line)
        if fence:
            is_code.append(True)
            ends = match and match["fence"].startswith(fence) and not line[match.end() :].strip()
            fence = "" if ends else fence
        else:
            begins = match and (match["fence"][0] == "~" or "`" not in line[match.end() :])
            fence = match["fence"] if match and begins else ""
            is_code.append(bool(fence))
    return is_code


def _blank_special_lines(lines: list[str], is_code: list[bool], *, is_mdx: bool) -> list[str]:
    """Empty the lines that are no text, in place. Returns the definitions of links among them."""
    definitions = []
    in_export = in_admonition = False
    for number, line in enumerate(lines):
        if is_code[number]:
            in_export = False
            continue
        if line.count("[") > _MAX_BRACKETS:
            lines[number] = line.replace("[", "&#91;")
            continue
        in_export = in_export and bool(line.strip())
        in_admonition = in_admonition and (not line.strip() or line.startswith(" " * _INDENT))
        if in_admonition:
            lines[number] = f"> {line[_INDENT:]}" if line.strip() else ">"
        elif in_export or _ESM.fullmatch(line) or (is_mdx and _EXPORT.match(line)):
            in_export = in_export or not _ESM.fullmatch(line)
            lines[number] = ""
        elif definition := _LINK_DEFINITION.fullmatch(line):
            is_template = definition["template"]
            definitions.append(f"[{definition['label']}]: #" if is_template else line.strip())
            lines[number] = ""
        elif _KRAMDOWN_CONTENTS.match(line):
            lines[number] = lines[max(0, number - 1)] = ""
        elif _FENCED_DIV.fullmatch(line) or _TABLE_OF_CONTENTS.fullmatch(line):
            lines[number] = ""
        elif admonition := _ADMONITION.match(line):
            in_admonition = True
            lines[number] = f"> [!{admonition['kind']}] {admonition['title'] or ''}"
    return definitions


def _limit_open_brackets(lines: list[str]) -> None:
    """Spell brackets within too many others as references, in place."""
    depth = 0
    for number, line in enumerate(lines):
        if _BEGINS_BLOCK.match(line):
            depth = 0
        if not depth and line.count("[") <= _MAX_OPEN_BRACKETS:
            depth = max(0, line.count("[") - line.count("]"))
            continue
        pieces, start = [], 0
        for match in _BRACKET.finditer(line):
            opens = match[0] == "["
            depth = max(0, depth + (1 if opens else -1))
            if depth > _MAX_OPEN_BRACKETS or (not opens and depth == _MAX_OPEN_BRACKETS):
                pieces += [line[start : match.start()], "&#91;" if opens else "&#93;"]
                start = match.end()
        lines[number] = "".join((*pieces, line[start:]))


def _without_shortcodes(text: str, *, is_mdx: bool) -> str:
    if is_mdx:
        text = _replaced(_JSX, text)
    return _replaced(_SHORTCODES, text)


def _replaced(pattern: re.Pattern[str], text: str) -> str:
    """A text with what a pattern finds outside of code replaced by what stays of it."""
    pieces, at = [], 0
    while match := pattern.search(text, at):
        check_time()
        pieces.append(text[at : match.start()])
        if match["ticks"]:
            at = _end_of_code(text, match)
            pieces.append(_RAW_IN_CODE.sub(lambda raw: raw["raw"], text[match.start() : at]))
        else:
            at = match.end()
            pieces.append(_kept(match))
    return "".join((*pieces, text[at:]))


def _end_of_code(text: str, ticks: re.Match[str]) -> int:
    """Where the span of code ends that backticks begin; where they end if they begin none."""
    length = ticks.end() - ticks.start()
    most = ticks.end() + _MAX_CODE_CHARACTERS
    for closing in _BACKTICKS.finditer(text, ticks.end(), most + length + 1):
        check_time()
        if closing.end() - closing.start() == length and closing.start() < most:
            is_whole = not _BLANK_LINE.search(text, ticks.end(), closing.start())
            return closing.end() if is_whole else ticks.end()
    return ticks.end()


def _kept(match: re.Match[str]) -> str:
    """What stays of a match: the words of a link, and line ends."""
    groups = match.groupdict()
    kept = groups.get("raw") or groups.get("words") or groups.get("marked")
    return kept or "\n" * match[0].count("\n")
