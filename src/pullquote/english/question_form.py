"""The form of a question: what stands around it, and whether it is a question at all.

"Hey bot, could you please tell me who won? Thanks!" asks the same as "who won".
"""

from __future__ import annotations

import re

_GREETING = (
    r"(?:hey|hi|hello|hiya|dear|ok(?:ay)?|so|well|um+|please|pls|plz|sorry|excuse me"
    r"|good (?:morning|afternoon|evening|day))"
)
_ADDRESSED = r"(?:bot|pullquote|there|all|everyone|everybody|folks|guys|team|friend|sir|madam)"
_ASKING = (
    r"(?:(?:can|could|would|will) (?:you|u|anyone|anybody|someone|somebody)"
    r"(?: (?:please|pls|plz|kindly|maybe|possibly))?"
    r" (?:tell|show|give|find|let|remind|help|inform|explain to|look up)"
    r"(?: (?:me|us))?(?: (?:know|out|find out|understand))?"
    r"|(?:do|does|did) (?:you|u|anyone|anybody|someone|somebody) (?:happen to )?know"
    r"(?: (?:this|that|it|the answer)(?= ?[?:,.-]))?"
    r"|(?:please|pls|plz|kindly) (?:tell|show|give|remind)(?: (?:me|us))?"
    r"|tell (?:me|us)|remind me"
    r"|i(?: was|['’]?m| am)?(?: just)? (?:wondering|wonder|curious)(?: to know)?"
    r"|i(?:['’]?d| would)(?: (?:really|just))? (?:like|love) to know"
    r"|i (?:want|need|wanted|have) to know"
    r"|(?:i have |i(?:['’]?ve| have) got |just |here is |here['’]?s )*(?:a |one |my )?"
    r"(?:quick |short |small |simple )?question(?: for (?:you|u|everyone|the bot))?(?= ?[:,.;-])"
    r"|(?:can|could) (?:you|u|anyone|someone) (?:please )?help(?: (?:me|us))?"
    r"(?: (?:out|with (?:this|that)))?"
    r"|i need (?:some |your )?help(?: with (?:this|that))?"
    r"|(?:sorry|apologies|excuse me|pardon)"
    r"(?: (?:to (?:bother|disturb|trouble)|for (?:bothering|disturbing|troubling|asking))"
    r"(?: (?:you|everyone|again))*)?(?= ?[:,.;!-])"
    r"|but(?= (?:i|can|could|do|does)\b)|any idea)"
)
_QUESTION_BEGINS = (
    r"(?:(?:in|on|at|by|for|from|to|with|of|about|under|since|until) )?"
    r"(?:who|whom|whose|what|which|when|where|why|how)\b(?!ever)"
    r"|(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might"
    r"|must|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|don['’]?t|doesn['’]?t|didn['’]?t|hasn['’]?t"
    r"|haven['’]?t|won['’]?t|can['’]?t)\b"
)
"""The words that a question begins with, for a word of its own or a preposition before it."""
_FOLLOWS = (
    rf"(?=\s*$|\s*[,.:;!?…]|\s+-|\s+(?:{_QUESTION_BEGINS}|{_ASKING}\b|{_GREETING}\b"
    rf"|{_ADDRESSED}\b))"
)
"""What must follow a greeting: "Hello world" and "So-called" do not begin with one."""
_BEFORE = re.compile(
    rf"^[^\w@<]*(?:(?:{_GREETING}\b(?:[\s,]+{_ADDRESSED}\b)?{_FOLLOWS}"
    rf"|{_ADDRESSED}\b(?=\s*[,:!-])|<?@[\w!&]+>?|{_ASKING}\b)(?:[\s,.:;!?…]|(?<=\s)[-–—])*)+",
    re.IGNORECASE,
)
"""Greetings, mentions and polite words at the beginning of a question."""
_AFTER = re.compile(
    r"(?<![\s,.!?…-])[\s,.!?…-]+(?:"
    r"(?:thank(?:s| you| u)(?: (?:a lot|so much|very much|in advance|you))?"
    r"|thx|ty|cheers|please|pls|plz|(?:kind |best )?regards|bye|:-?[)D(P]|;-?\)"
    r"|\N{SLIGHTLY SMILING FACE}|\N{PERSON WITH FOLDED HANDS})[\s,.!?…]*)+$",
    re.IGNORECASE,
)
"""Thanks at its end. A match begins only at the first of several spaces and marks: to try each of
them would take a time that grows with the square of their number."""
_JOINING = re.compile(r"^(?:about|if|whether|that|on|of)\b\s*", re.IGNORECASE)
"""What joins a question to "tell me" before it."""
_BETWEEN_PARTS = re.compile(
    r"[?!]+\s+(?=\w)|[,;]?\s+and(?:\s+(?:also|then))?,?\s+"
    r"(?=(?:what|how|why)\b|(?:who|whom|where|when|which)\s+"
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b)",
    re.IGNORECASE,
)
"""Where one question ends and the next one begins. "Who" alone may begin a relative clause: "the
man who shot and who fled"."""
_MAX_PARTS = 3
"""Parts beyond the third are not asked: an answer has three quotes."""
_FEWEST_STATED = 6
"""A statement has at least this number of words; fewer are keywords."""
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]+\s[^“”„«»\"]+\s[^“”„«»\"]+[”“»\"]")
"""Three words or more in quotation marks."""
_ENDING = " \t\n?!.…,;:-"


def bare_question(text: str) -> str:
    """The question without what people put around it: greeting, mention, thanks, marks at its end.

    Returns:
        The words between; the whole text where nothing would remain.
    """
    begins = _BEFORE.match(text)
    inner = text[begins.end() :] if begins else text
    if begins and re.search(_ASKING, begins[0], re.IGNORECASE):
        inner = _JOINING.sub("", inner)
    inner = _AFTER.sub("", inner).strip(_ENDING)
    return " ".join((inner or text.strip(_ENDING) or text).split())


def in_one_form(text: str) -> str:
    """A bare question in the form in which the models read it: a question ends with a mark.

    A question typed without its mark is read as with it. Keywords and statements have none.
    """
    return f"{text}?" if re.match(_QUESTION_BEGINS, text, re.IGNORECASE) else text


def is_one_question(text: str) -> bool:
    """Whether a text, such as a headline, is worded as one question and ends with its mark."""
    is_asked = re.match(_QUESTION_BEGINS, text, re.IGNORECASE) is not None
    return is_asked and text.endswith("?") and text.count("?") == 1


def may_be_quoted(text: str) -> bool:
    """Whether a text may be a quote: a statement of some length, or words in quotation marks."""
    bare = bare_question(text)
    is_question = "?" in text or re.match(_QUESTION_BEGINS, bare, re.IGNORECASE)
    is_statement = not is_question and len(bare.split()) >= _FEWEST_STATED
    return is_statement or _QUOTED.search(text) is not None


def only_greets(text: str) -> bool:
    """Whether a text is a greeting, thanks or a mention, and asks nothing."""
    begins = _BEFORE.match(text)
    inner = text[begins.end() :] if begins else text
    return not _AFTER.sub("", f" {inner}").strip(_ENDING)


def question_parts(text: str) -> list[str]:
    """The questions that a bare question consists of: one, or several with a mark or "and" between.

    "Who won and how old is he" has two parts, "who fined and sued the bank" one.
    """
    parts = [part.strip(_ENDING) for part in _BETWEEN_PARTS.split(text)]
    if len(parts) == 1 or not re.match(_QUESTION_BEGINS, text, re.IGNORECASE):
        return [text]
    return [part for part in parts if part][:_MAX_PARTS]
