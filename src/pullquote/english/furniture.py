"""Recognises lines of a page that are not an article's words: "Share this", bylines, notices."""

from __future__ import annotations

import re

_MAX_CHARACTERS = 400
"""A longer line is prose."""

_ALONE = re.compile(
    r"""(?:\d+\s+)?
    (?:
        share(?:\s(?:this|on|via|article|story)\b.*)? | tweet | pin\sit | e-?mail | print | whatsapp
        | facebook | twitter | x | linkedin | reddit | telegram | pinterest | copy\slink | shares?
        | comments? | (?:leave|add|post)\sa\scomment | advertisements? | advertising | sponsored
        | ad | loading | skip\s(?:to\s.*|advertisement) | article\scontinues\s.*
        | (?:story|text)\scontinues\s(?:below|after).* | \d+\s?-?min(?:ute)?s?\s(?:read|listen).*
        | min(?:ute)?s?\sread | read\s(?:more|next|also|the\sfull\s(?:story|article)) | also\sread
        | related(?:\s(?:stories|articles?|content|topics|news|coverage|posts|reading|links))?
        | more\s(?:on\sthis\sstory|stories|like\sthis|from\s.{1,40}) | most\s(?:read|popular)
        | you\s(?:may|might)\s(?:also\s)?(?:like|be\sinterested\sin).* | recommended(?:\sfor\syou)?
        | up\snext | trending(?:\snow)? | top\sstories | don['’]t\smiss | editor['’]?s['’]?\spicks?
        | sign\s(?:up|in) | log\s?in | log\s?out | subscribe(?:\snow)? | newsletters?
        | you\sare\slogged\sin.* | accept(?:\sall)? | back\sto\stop | tags | topics
    )[.:!…\s]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""Lines that are nothing else."""
_POINTER = re.compile(
    r"""[\[(*•»>–-]*\s*
    (?:
        (?:also\s)?(?:read|watch|see|listen|hear)(?:\s(?:more|also|next|now|here))?
        | read\s(?:also|more\s(?:here|on|about)?) | related(?:\s(?:stories|article|story|reading))?
        | more | more\s(?:on|from)\s.{1,30} | recommended | don['’]t\smiss | further\sreading
        | in\scase\syou\smissed\sit | editor['’]?s\spick | opinion | analysis | explainer | gallery
        | live\supdates | podcast
    )\s*[:|»›>](?!:)\s*\S.*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""Lines that point to another article."""
_APPEAL = re.compile(
    r"""(?:please\s)?(?:
        (?:sign\sup|subscribe)\s(?:now\s|here\s|today\s)?(?:for|to|and)\s.*
        | register\s(?:now\s|here\s)?to\s(?:continue|read|comment|unlock)\b.*
        | (?:click|tap)\shere\s.*
        | follow\s(?:us|@\S+|.{1,60}\son\s(?:twitter|facebook|instagram|x\b)).*
        | (?:get|receive|start\syour\sday\swith)\s.*\b(?:newsletters?|inbox|alerts?)\b.*
        | (?:join|download)\s(?:our|the)\s.*\b(?:newsletters?|app)\b.*
        | (?:like|enjoy(?:ed)?)\sthis\s(?:story|article|post)\b.*
        | if\syou\s(?:enjoyed|liked)\sthis\s(?:story|article|post)\b.*
        | have\s(?:a|you\sgot\sa)\s(?:news\s)?tip\b.*
        | (?:support|help\s(?:us\s)?support)\s(?:our|independent)\sjournalism.*
        | (?:we|this\s(?:web)?site|our\s(?:web)?site)\suses?\scookies\b.*
        | by\s(?:continuing\sto\s|using\sthis\ssite).*\bcookies\b.*
        | you\shave\s(?:been\s)?successfully\ssubscribed.* | thank(?:s|\syou)\sfor\ssubscribing.*
        | (?:reach|contact|e-?mail)\s(?:him|her|them|me|(?-i:(?:[A-Z][\w.'’-]*\s?){1,3})
            |(?:the\s)?(?:authors?|writers?|reporters?)(?:\s(?-i:[A-Z]).{1,40})?)
            \s?(?:at|on)\s\S*(?:@|twitter)\S*.*
        | the\spost\s.*\sappeared\sfirst\son\s.*
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""Appeals to the reader."""
_RIGHTS = re.compile(
    r"""(?:©|\(c\)\s|copyright\b).* | .*\ball\srights\sreserved\b.*
    | .*\bmay\snot\sbe\s(?:published|reproduced)\b.*\b(?:rewritten|redistributed|permission)\b.*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NAME = r"[A-Z][\w.'’-]*(?:\s(?:de|van|von|der|al|el|la|bin)){0,2}"
_BYLINE = re.compile(
    rf"(?:By|BY|Written by|Posted by|Reported by)[:\s]\s*{_NAME}(?:\s{_NAME}){{1,3}}"
    r"(?:\s?(?:,|\||and|&|/|•|·|–|-)\s?[^.!?]{0,80})?"
)
_DATED = re.compile(
    r"""(?:first\s|last\s)?(?:published|updated|posted|modified)(?:\s(?:on|at))?\s*[:|]?\s*
    (?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s)?
    (?:\d{1,2}[\s./-]\S|\d{4}-|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d
    |\d{1,2}(?::\d\d)?\s?[ap]\.?m)[^!?]{0,80}""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT = re.compile(
    r"""[\[(]*(?:
        (?:photo(?:graph|s)?|image|picture|pic|video|illustration)s?\s?
        (?:credit|courtesy(?:\sof)?|by|via)?\s*[:/|–-]\s*.*
        | (?:photo(?:graph)?s?|images?|illustration)\s(?:by|courtesy\sof|credit)\s.*
        | (?:ap|afp|reuters|getty)(?:\sphoto|\simages)?\s?/.*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_REPORTING = re.compile(
    r"""[\[(]*(?:(?:additional|with)\s)?(?:reporting|writing|editing)(?:\sand\s\w+)?\sby\s.*
    | (?:the\s)?(?:associated\spress|ap|reuters|afp)\s(?:\w+\s){0,3}
        (?:writers?|journalists?|reporters?)\b.*\bcontributed\b.*
    | .{1,120}\bcontributed\s(?:reporting|to\sthis\s(?:report|story|article))\b.{0,60}""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_MAX_CREDIT_WORDS = 20
_RELATED = re.compile(
    r"(?:related(?:\s\w+)?|read\s(?:more|next|also)|more\sstories|most\s(?:read|popular)"
    r"|recommended(?:\sfor\syou)?|you\smay\salso\slike|top\sstories|trending(?:\snow)?)[:.…\s]*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:e-?mail|print|whatsapp|facebook|twitter|x|linkedin|reddit|telegram|pinterest|shares?"
    r"|comments?|advertis(?:ing|ements?)|sponsored|loading|newsletters?|subscribe|sign\s(?:up|in)"
    r"|log\s?(?:in|out)|tags|topics|related\s(?:content|topics|links|reading))[.:!…\s]*",
    re.IGNORECASE,
)
CUT_MARK = re.compile(r"\[\+\d+ chars\]\s*\Z")
"""Ends a text that was cut by the service that it is from."""


def is_furniture(line: str) -> bool:
    """Whether a line or a paragraph is not an article's words. A dateline is."""
    if len(line) > _MAX_CHARACTERS:
        return False
    if any(pattern.fullmatch(line) for pattern in (_ALONE, _POINTER, _APPEAL, _RIGHTS, _REPORTING)):
        return True
    if len(line.split()) > _MAX_CREDIT_WORDS:
        return False
    return any(pattern.fullmatch(line) for pattern in (_BYLINE, _DATED, _CREDIT))


def may_be_heading(line: str) -> bool:
    """Whether a line that `is_furniture` may also be a heading of an article, as "Tags" is."""
    return _HEADING.fullmatch(line) is not None


def heads_related_links(line: str) -> bool:
    """Whether a line is the heading of a list of links to other articles."""
    return _RELATED.fullmatch(line) is not None
