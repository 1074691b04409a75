"""Recognises a question about what somebody said, and whom it is about."""

from __future__ import annotations

import re

# Not "announce": what a ministry announces is often in the words of its minister.
_BASE = (
    "say tell warn deny promise think claim argue declare predict demand accuse believe "
    "write tweet comment suggest pledge vow explain describe add admit insist reply respond react "
    "criticise criticize threaten urge note recommend stress mean"
).split()
_PAST = (
    "said told warned denied promised thought claimed argued declared predicted demanded "
    "accused believed written tweeted commented suggested pledged vowed explained described added "
    "admitted insisted replied responded reacted criticised criticized threatened urged noted "
    "recommended stressed meant saying telling warning denying promising thinking claiming"
).split()
_WHO = r"(?P<who>(?:[\w.’'&-]+\s+){0,5}?[\w.’'&-]+)"
_BETWEEN = r"(?:\s+(?:also|ever|really|exactly|actually|publicly|later|first|then|just|have|been))*"
_DID = rf"(?:did|does|do)\s+{_WHO}{_BETWEEN}\s+(?:{'|'.join(_BASE)}|call for|ask for)\b"
_HAS = rf"(?:has|have|had)\s+{_WHO}{_BETWEEN}\s+(?:{'|'.join(_PAST)}|called for|asked for)\b"
_NOUNS = (
    "view|opinion|position|stance|take|response|reaction|reply|comment|comments|statement|remarks"
    "|words|warning|claim"
)
SAYING_WORDS = (*_BASE, *_PAST, *_NOUNS.split("|"))
"""Words by which a question asks for somebody's words; they are not its subject."""
_QUESTIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?:what|how|whom)(?:\s+else)?\s+)?{_DID}",
        rf"(?:(?:what|how|whom)(?:\s+else)?\s+)?{_HAS}",
        rf"what\s+(?:is|was|are|were)\s+{_WHO}(?:['’]s|s['’])\s+(?:{_NOUNS})\b",
    )
)
"""Not "according to a new study": articles seldom name it in the question's words."""
_ARTICLES = frozenset({"the", "a", "an"})
_NOBODY = frozenset(
    "he she they it i we you people everyone everybody anyone anybody someone somebody who one "
    "this that these those there his her their article articles report reports archive".split()
)


def speaker_asked_for(question: str) -> str:
    """Whose words a question asks for, as it names them; empty if it asks for nobody's.

    "What did the mayor say about the bridge?" asks for those of "the mayor".
    """
    for form in _QUESTIONS:
        match = form.match(question)
        if match is not None:
            words = match["who"].lower().split()
            head = words[words[0] in _ARTICLES :]
            return match["who"] if head and head[0] not in _NOBODY else ""
    return ""
