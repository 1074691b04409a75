"""The verbs that attribute words to somebody, by what may follow them."""

from __future__ import annotations

import enum


class Frame(enum.Flag):
    """What may follow a verb as its content."""

    CLAUSE = enum.auto()
    """A clause or a quotation, and the verb may stand after or within it: "…, she said"."""
    THAT = enum.auto()
    """A clause that begins with "that", "how", "whether": "she knows that…"."""
    BARE = enum.auto()
    """A clause without "that", but never before the verb: "she believes it is so"."""
    ADDRESSEE = enum.auto()
    """The clause after the one who is spoken to: "told reporters that…"."""
    INFINITIVE = enum.auto()
    """An infinitive: "vowed to fight"."""
    OBJECT = enum.auto()
    """A noun phrase, with what follows: "criticized the plan", "urged them to go"."""


_CLAUSES = (
    "say add note argue claim state announce explain suggest acknowledge declare insist admit "
    "confirm predict warn reply respond continue conclude write tweet contend assert allege "
    "remark joke quip recall observe reiterate stress emphasize emphasise complain concede "
    "maintain lament boast counter comment report caution recount clarify proclaim exclaim "
    "whisper shout yell testify posit retort muse agree believe think reveal disclose "
    "estimate recommend repeat speculate theorize charge opine elaborate intone scoff "
    "promise vow pledge hint read bark scream sing chant preach thunder plead beg tease snap "
    "cry gush write chime demand answer start begin finish offer note rail fume sneer sigh "
    "mutter swear reason summarize editorialize"
)
_ASKING = "ask wonder inquire"
_TELLING = "tell remind inform assure"
_THAT_ONLY = (
    "know hope fear feel learn find show indicate see realize realise understand doubt "
    "expect worry imply signal decide rule require guarantee demand propose mean guess suspect "
    "figure assume imagine determine discover conclude convince recognize recognise judge hold "
    "hear read prove demonstrate anticipate reckon deny imagine forecast"
)
_BARE = (
    "know hope fear feel find show indicate see realize understand doubt guess suspect figure "
    "assume imply reckon worry wish learn hear deny imagine"
)
_INFINITIVES = (
    "want plan hope vow pledge promise agree refuse decline seek threaten offer intend decide "
    "expect aim propose demand choose prefer ask need wish"
)
_OBJECTS = (
    "criticize criticise praise endorse describe discuss reject defend condemn support oppose "
    "mention cite blame mock attack blast slam urge accuse denounce dismiss question deny call "
    "demand propose want prefer compare tout recall acknowledge announce outline pledge "
    "promise suggest predict recommend applaud hail decry deride ridicule rip bash slams thank "
    "congratulate challenge deride advocate favor back embrace reveal explain emphasize "
    "stress highlight reiterate detail encourage express voice rebuke chastise scold lambaste "
    "assail lash skewer echo downplay label brand describe characterize portray ask discuss "
    "consider expect see view hate love fear question address invoke reference admire "
    "report confirm disclose estimate repeat concede note underscore"
)
_IRREGULAR = {
    "say": "says said said saying",
    "tell": "tells told told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thought thinking",
    "know": "knows knew known knowing",
    "feel": "feels felt felt feeling",
    "find": "finds found found finding",
    "show": "shows showed shown showing",
    "see": "sees saw seen seeing",
    "understand": "understands understood understood understanding",
    "mean": "means meant meant meaning",
    "hear": "hears heard heard hearing",
    "read": "reads read read reading",
    "hold": "holds held held holding",
    "choose": "chooses chose chosen choosing",
    "admit": "admits admitted admitted admitting",
    "recall": "recalls recalled recalled recalling",
    "seek": "seeks sought sought seeking",
    "quip": "quips quipped quipped quipping",
    "plan": "plans planned planned planning",
    "prefer": "prefers preferred preferred preferring",
    "slam": "slams slammed slammed slamming",
    "rip": "rips ripped ripped ripping",
    "learn": "learns learned learnt learning",
    "forecast": "forecasts forecast forecast forecasting",
    "sing": "sings sang sung singing",
    "begin": "begins began begun beginning",
    "swear": "swears swore sworn swearing",
    "beg": "begs begged begged begging",
    "snap": "snaps snapped snapped snapping",
    "prove": "proves proved proven proving",
}
_NOUNS = (
    "claim note report state comment question plan hope fear demand support show promise "
    "estimate charge blame attack answer reply pledge vow want need call doubt challenge "
    "caution counter reference love hate view back brand label address detail offer aim "
    "decline joke boast hint stress rule thank tweet signal guess remark repeat lament "
    "whisper shout yell figure wish praise voice echo bash judge hold favor brand muse favor "
    "feel find read mention tout blast rip"
)


def _forms(verb: str) -> tuple[str, str, str, str, str]:
    """The forms of a verb: base, with s, past, participle, with ing."""
    if verb in _IRREGULAR:
        s, past, participle, ing = _IRREGULAR[verb].split()
        return verb, s, past, participle, ing
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb[:-1]}ied", f"{verb}ing"
    s = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
    if verb.endswith("e"):
        ing = f"{verb}ing" if verb.endswith("ee") else f"{verb[:-1]}ing"
        return verb, s, f"{verb}d", f"{verb}d", ing
    return verb, s, f"{verb}ed", f"{verb}ed", f"{verb}ing"


class Form(enum.Enum):
    """A form of a verb."""

    BASE = "base"
    SINGULAR = "singular"
    PAST = "past"
    ING = "ing"


class CueVerb:
    """A form of a verb that attributes.

    Attributes:
        verb: its base form.
        frame: what may follow it.
        form: which form it is; the participle counts as the past.
        is_noun: whether the word may be a noun as well: "claims".
    """

    __slots__ = ("form", "frame", "is_noun", "verb")

    def __init__(self, verb: str, frame: Frame, form: Form, *, is_noun: bool) -> None:
        self.verb = verb
        self.frame = frame
        self.form = form
        self.is_noun = is_noun


def _frames() -> dict[str, Frame]:
    frames: dict[str, Frame] = {}
    for words, frame in (
        (_CLAUSES, Frame.CLAUSE | Frame.THAT | Frame.BARE),
        (_ASKING, Frame.CLAUSE | Frame.THAT | Frame.ADDRESSEE),
        (_TELLING, Frame.CLAUSE | Frame.THAT | Frame.BARE | Frame.ADDRESSEE),
        ("warn advise promise show convince", Frame.ADDRESSEE),
        (_THAT_ONLY, Frame.THAT),
        (_BARE, Frame.BARE),
        (_INFINITIVES, Frame.INFINITIVE),
        (_OBJECTS, Frame.OBJECT),
    ):
        for verb in words.split():
            frames[verb] = frames.get(verb, Frame(0)) | frame
    return frames


def _lexicon() -> dict[str, CueVerb]:
    lexicon: dict[str, CueVerb] = {}
    nouns = set(_NOUNS.split())
    for verb, frame in _frames().items():
        base, s, past, participle, ing = _forms(verb)
        for word, form in (
            (past, Form.PAST),
            (participle, Form.PAST),
            (ing, Form.ING),
            (s, Form.SINGULAR),
            (base, Form.BASE),
        ):
            is_noun = verb in nouns and form in {Form.BASE, Form.SINGULAR}
            lexicon.setdefault(word, CueVerb(verb, frame, form, is_noun=is_noun))
    return lexicon


CUE_VERBS = _lexicon()
"""Each form of each verb, in lower case."""

AUXILIARIES = frozenset(
    "has have had is are was were be been being will would could can may might must shall should "
    "do does did to not never n't 's 've 'd 'll 're don't doesn't didn't hasn't haven't isn't "
    "wasn't won't wouldn't couldn't can't aren't weren't going gets got".split()
)
"""What stands between a subject and its verb, besides adverbs."""
BE = frozenset("is are was were be been being 's 're isn't wasn't aren't weren't".split())
"""The forms of "be", after which a participle is passive."""
ADVERBS = frozenset(
    "also later then now once again often always never still just even only further already "
    "recently previously repeatedly both all soon first then-and long flatly simply today "
    "almost nearly yesterday sometimes too instead ever clearly as so there best quite "
    "either".split()
)
"""Adverbs that do not end in "ly"."""
