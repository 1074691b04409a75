"""Recognises a question about what somebody said, and whom it is about."""

from __future__ import annotations

import re

SAYING_WORDS = (
    "say said saying tell told telling warn warned warning deny denied denying promise "
    "promised promising think thinking thought claim claimed claiming announce announced "
    "argue argued declare declared state stated predict predicted demand demanded accuse "
    "accused believe believed write written tweet tweeted comment commented suggest "
    "suggested pledge pledged vow vowed explain explained describe described add admit "
    "admitted insist insisted reply replied respond responded react reacted criticise "
    "criticize criticised criticized threaten threatened urge urged note noted recommend "
    "recommended stress stressed"
).split()
"""Forms of the verbs by which a question asks for somebody's words."""
_SAYING = "(?:" + "|".join(map(re.escape, (*SAYING_WORDS, "call for", "ask for"))) + ")"
_WHO = r"(?P<who>(?:[\w.’'&-]+\s+){0,7}?[\w.’'&-]+)"
_BETWEEN = r"(?:\s+(?:also|ever|really|exactly|actually|publicly|later|first|then|just|have|been))*"
_QUESTIONS = (
    re.compile(
        rf"(?:what|how|whom)\b(?:\s+\w+){{0,3}}?\s+(?:did|does|do|has|have|had)\s+{_WHO}"
        rf"{_BETWEEN}\s+{_SAYING}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:did|does|has|have)\s+{_WHO}{_BETWEEN}\s+{_SAYING}\b", re.IGNORECASE),
    re.compile(
        rf"what\s+(?:is|was|are|were)\s+{_WHO}(?:['’]s|s['’])\s+(?:view|opinion|position|stance|take"
        r"|response|reaction|reply|comment|comments|statement|remarks|words|warning|claim)\b",
        re.IGNORECASE,
    ),
    re.compile(rf".*\baccording to\s+{_WHO}\s*(?:[,?.!]|$)", re.IGNORECASE),
)
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
