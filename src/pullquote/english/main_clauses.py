"""Whether an expression of time belongs to the main clause of its sentence.

There is no parser: rules over the words before and after it. Where they are in doubt, it does not.
"""

from __future__ import annotations

import re

from pullquote.english.sentence_times import SentenceTime

_MOST_WORDS = 24
"""The most words of a clause before an expression that still belongs to its verb."""
_SUBORDINATE = re.compile(
    r"\b(?:(?:after|before)(?!\s+(?:dawn|sunrise|noon|dark|sunset|midnight)\b)|since|when|whenever|while|where|whose|who|whom|which|because|although"
    r"|though|if|unless|until|once|ahead|should|following|amid|despite|whereas|than|as|including"
    r"|like)\b"
    r"|,\s+(?:(?!and\b|but\b|then\b)\w+ly\s+)?\w+(?:ed|ing|own|orn|ken|ten)\b"
    r"|(?<!,)\b(?:that|of|for|by|about|with|without|from|over|in|at)\s+\w+ing\b"
    r"|\b(?:accused|convicted|suspected|guilty|charged|plot|plan|bid|effort|attempt|decision"
    r"|failure|ability|order|law|bill|ban|deal|agreement|rule)\s+(?:of|to|for|that|with|in|on)\b"
    r"|\bfrom\b[^;]{0,40}\d[^;]{0,40}\bto\b"  # "fell from 19,300 on 9 October to 18,000 on"
    r"|[–—]",
    re.IGNORECASE,
)
"""What opens a clause or a phrase that is not the main clause."""
_INSERTED = re.compile(
    r"\s+(?:who|whom|which|where|whose|\w+(?:ed|ing|own|orn|ken|ten)\b|an?\s|the\s)"
)
"""How a phrase between two commas begins after which its clause goes on."""
_RELATIVE = re.compile(r"\bthat\b|(?<=[a-z]\s)\b(?:he|she|they)\s(?!said|says)", re.IGNORECASE)
"""What opens a relative clause, or what is told: "the goal that", "the goal she set"."""
_WITHIN_PHRASE = re.compile(
    r"\b(?:of|from|in|on|to|for|with|by|at|about|against|into|over)\s+(?:the|a|an|its|his|her|their)"
    r"\s+(?:[\w’'-]+\s+){1,3}\w+ed\s+(?:in|on)?\s*$",
    re.IGNORECASE,
)
"""A phrase with a participle right before a date: "from the peak reached in"."""
SAYING = re.compile(
    r"\b(?:said|says|say|announced?s?|confirm(?:ed|s)?|report(?:ed|s)?|told\s+\S+(?:\s+\S+)?"
    r"|add(?:ed|s)?|claim(?:ed|s)?|warn(?:ed|s)?|show(?:ed|s|n)?|found|stat(?:ed|es)|revealed"
    r"|declared|acknowledged|noted)\s*,?\s*$",
    re.IGNORECASE,
)
"""A verb of saying at the end of a text: what follows is told, and no relative clause."""
_MODIFIES = re.compile(
    r"\b(?:the|a|an|his|her|its|their|our|every|each|some|most|many|all|any|no|another|one|first"
    r"|second|third|fourth|final)\s*$"
    r"|['’]s\s*$|\b(?:of|from|since|after|before|until|till|by|to|through|between|for|than|prior"
    r"|ahead|around|about|as|into|over|throughout|within|dated|and|or|no)"
    r"\s+(?:the\s+|late\s+|early\s+)*$",
    re.IGNORECASE,
)
"""What makes the date after it part of a noun phrase, or an end of a period."""
_IS_MODIFIER = re.compile(
    r"['’]s\b|-(?=\w)|\s*[-–/]\s*\d|\s+(?:through|until)\s+[A-Z]|\s+or\s"
    r"|(?<!day)\s+(?:to|through|until|and|or)\s+(?:[A-Z][a-z]*\.?\s+)?\d"
)
"""What makes the date before it part of a noun phrase, or the beginning of a period."""
_PARTICIPLE = re.compile(
    r"\b\w+(?:ed|own|orn|ade|eld|old)\s+(?:(?:in|on|late|early|last)\s+)*$", re.IGNORECASE
)
_VERB = re.compile(
    r"\s+(?:was|were|is|are|has|have|had|will|would|could|can|did|does|shows?|found|says?|said"
    r"|brought|gave|took|told|met|led|won|lost|hit|sent|made|held|began|left|saw|kept|set|struck"
    r"|killed|shot|fell|rose|went|came|got|put|[a-z]{2,}ed)\b"
)
"""A verb after a date. With a participle before it both are in the subject: "the bill introduced in
May would ban"."""
_NAMED_DAY = re.compile(r"\b(?:Black|Good|Super|Ash|Bloody|Cyber|Giving|Palm|Easter)\s*$")
_PREPOSITION = re.compile(r"\b(?:on|in|during|at)\s*$", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|during)\s*$", re.IGNORECASE)
_ADVERB_FOLLOWS = re.compile(
    r"\s*(?:$|[.,;:–—]|(?:in|at|when|after|as|by|for|that|to|with|before|during|and|but|while|on"
    r"|from|the|a|an|into|near|over|against|because|it|he|she|they|evening|morning|afternoon|night"
    r"|about|around|amid|following|outside|inside|under|his|her|their|its)\b)"
)
"""What follows a weekday without a preposition: "was killed Friday when"."""


def tells_when(time: SentenceTime) -> bool:
    """Whether an expression says when the event of the main clause is, and not what it is."""
    before = time.before
    if _MODIFIES.search(before) or _IS_MODIFIER.match(time.text, time.match.end()):
        return False
    if _PARTICIPLE.search(before) and _VERB.match(time.after):
        return False
    if not _is_adverbial(time):
        return False
    return time.leads or not _is_subordinate(before)


def _is_adverbial(time: SentenceTime) -> bool:
    """Whether words that may be a name or a part of one ("May", "Sunday") name a time."""
    before = time.before
    if time.is_plain_weekday:
        if _NAMED_DAY.search(before):
            return False
        has_verb = SAYING.search(before) or _VERB.match(time.after)
        is_adverb = _PREPOSITION.search(before) or has_verb or _ADVERB_FOLLOWS.match(time.after)
        return bool(is_adverb) or time.leads
    if time.form.needs_preposition and not time.part("relative"):
        return bool(_IN.search(before)) or time.match[0].lower().startswith("last ")
    return True


def _is_subordinate(before: str) -> bool:
    """Whether a place is in a subordinate clause, given the words of the sentence before it."""
    clause = before
    if _SUBORDINATE.match(before.lstrip()):  # "After talks in Doha, they agreed on Monday"
        _, comma, clause = before.partition(",")
        if not comma:
            return True
    first, *phrases = clause.split(",")
    if any(map(_INSERTED.match, phrases[:-1])) and _VERB.match(phrases[-1]):
        clause = first + phrases[-1]  # "The bank, based in Utah, failed on Monday"
    if len(clause.split()) > _MOST_WORDS:
        return True
    if _SUBORDINATE.search(clause) or _WITHIN_PHRASE.search(clause):
        return True
    return any(not SAYING.search(clause[: match.start()]) for match in _RELATIVE.finditer(clause))
