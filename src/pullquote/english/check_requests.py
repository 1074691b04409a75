"""Short texts that ask whether something else is true: "is this true?", "source?", "fact check".

What they ask about stands elsewhere, such as in the message that they reply to.
"""

from __future__ import annotations

import re

from pullquote.english.question_form import bare_question

_LONGEST = 120
"""Characters of such a text; a longer one asks something of its own."""
_THIS = r"(?:this|that|it|these|those|the above|this one|this quote|that quote|the quote)"
_WORD = (
    r"(?:true|real|right|correct|accurate|legit|legitimate|genuine|authentic|factual|so|a fact"
    r"|false|fake|wrong|made[ -]?up|a lie|a hoax|fake news|misinformation|for real|a real quote)"
)
_SPEAKER = r"(?:he|she|they|anyone|anybody|someone|somebody)"
_ADVERB = r"(?:actually|really|even|indeed|in fact|still|just)"
_CHECKS = (
    (
        rf"(?:but )?(?:is|was|are|were|isn['’]?t|ain['’]?t) (?:{_ADVERB} )?{_THIS}(?: {_ADVERB})?"
        rf"(?: {_WORD})(?: or (?:not|{_WORD}))?"
    ),
    rf"{_WORD}(?: or (?:not|{_WORD}))?",
    (
        rf"(?:is|has) (?:there )?(?:any |a )?(?:truth|proof|evidence|source)"
        rf"(?: (?:to|of|for|in) {_THIS})?"
    ),
    (
        rf"(?:any |got (?:a |any )?|do (?:you|we) have (?:a |any )?"
        rf"|(?:what|where)(?:['’]s| is) (?:the |your )?|the )?"
        rf"(?:source|sources|proof|evidence|citation)"
        rf"(?: (?:on|for|of|behind) {_THIS})?"
    ),
    r"(?:really|seriously|no way|srsly)",
    rf"(?:did|does|has|have) {_SPEAKER} (?:{_ADVERB} )?(?:say|said|says) {_THIS}",
    rf"did {_THIS} (?:{_ADVERB} )?happen",
    (
        r"(?:can|could) (?:you|u|anyone|someone) (?:please )?"
        rf"(?:fact[ -]?check|check|verify|confirm)(?: {_THIS})?"
    ),
    rf"(?:please |pls )?(?:fact[ -]?check|verify|check|confirm)(?: {_THIS})?",
    rf"(?:fact[ -]?check(?:ed)?|verified|confirmed)(?: {_THIS})?",
    rf"(?:who said|where(?:['’]s| is| was| does| did)) {_THIS}(?: from| come from| said| printed)?",
)
_CHECK = re.compile(f"(?:{'|'.join(_CHECKS)})", re.IGNORECASE)


def asks_for_check(text: str) -> bool:
    """Whether a text only asks if something else is true, or where it is from."""
    if len(text) > _LONGEST:
        return False
    asked = " ".join(text.split()).strip(" .,:;!?…-")
    bare = " ".join(bare_question(text).split()).strip(" .,:;!?…-")
    return any(_CHECK.fullmatch(each) for each in (asked, bare))
