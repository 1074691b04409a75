"""Recognises the questions of an interview, each of which names the place of its answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pullquote.corpus.blocks import Block, BlockKind

_LABEL = re.compile(
    r"(?P<label>[Qq](?:uestion)?|[Aa](?:nswer)?)\s?\d{0,3}[.:)]\s+(?=\S)"
    r"|(?P<name>[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?:\s[^\W\d_a-zß-öø-ÿ][\w.'’-]*){0,3})\s?:\s+(?=\S)"
)
"""Who speaks, at the beginning of a paragraph: "Q:", "A2.", "THE HERALD:", "Ana Example:"."""
_QUESTION_END = re.compile(r"[?？؟][\"'”’»)\]]*\Z")
_QUESTION_LABELS = frozenset(("q", "question"))
_MAX_QUESTION_WORDS = 120
_MIN_TURNS = 2
"""Each speaker of an interview speaks at least this number of times."""
_MIN_SPEAKERS = 2
_MAX_SPEAKERS = 4
"""More speakers are a meeting."""
_LABELLED_SHARE = 1 / 3
"""At least this share of the paragraphs of an interview begins with who speaks."""
_ASKING_SHARE = 0.5
"""More than this share of the paragraphs of who asks ends with a question mark."""


def with_questions(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text; those that are questions of an interview begin their answers.

    Args:
        text: the text of the article.
        blocks: its blocks, in order. Questions that are set in bold or italics are marked.
    """
    labels = [_label(text, block) for block in blocks]
    asking = _who_asks(text, blocks, labels)
    marked: list[Block] = []
    has_begun = False  # who asks may introduce the other one before
    for block, label in zip(blocks, labels, strict=True):
        is_turn = label in asking
        has_begun = has_begun or (is_turn and is_question(block.span.of(text)))
        marked.append(replace(block, kind=BlockKind.ENTRY) if is_turn and has_begun else block)
    return _with_answers(marked)


def is_question(line: str) -> bool:
    """Whether a line ends with a question mark, and is not too long for a question."""
    return len(line.split()) <= _MAX_QUESTION_WORDS and bool(_QUESTION_END.search(line.rstrip()))


def _label(text: str, block: Block) -> str:
    """Who speaks in a paragraph; empty if it does not say."""
    if block.kind is not BlockKind.PARAGRAPH:
        return ""
    match = _LABEL.match(text, *block.span)
    if match is None:
        return ""
    label = match["label"] or match["name"]
    return label.lower() if match["label"] else label


def _who_asks(text: str, blocks: Sequence[Block], labels: Sequence[str]) -> set[str]:
    """The labels of those who ask; none if the text is no interview."""
    turns = Counter(filter(None, labels))
    speakers = {label for label, count in turns.items() if count >= _MIN_TURNS}
    labelled = sum(turns[label] for label in speakers)
    paragraphs = sum(block.kind is BlockKind.PARAGRAPH for block in blocks)
    is_talk = _MIN_SPEAKERS <= len(speakers) <= _MAX_SPEAKERS
    if not is_talk or labelled < _LABELLED_SHARE * paragraphs:
        return set()
    questions = Counter(
        label
        for label, block in zip(labels, blocks, strict=True)
        if label and is_question(block.span.of(text))
    )
    asking = {
        label
        for label in speakers
        if label in _QUESTION_LABELS or questions[label] > _ASKING_SHARE * turns[label]
    }
    return asking if asking < speakers else set()


def _with_answers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, in which a question that nothing follows is a paragraph."""
    marked = list(blocks)
    for number in range(len(marked) - 1, -1, -1):
        following = marked[number + 1] if number + 1 < len(marked) else None
        if marked[number].kind is BlockKind.ENTRY and not (
            following and (following.is_quotable or following.kind is BlockKind.ENTRY)
        ):
            marked[number] = replace(marked[number], kind=BlockKind.PARAGRAPH)
    return marked
