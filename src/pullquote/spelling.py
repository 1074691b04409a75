"""One spelling for words that British and American English write differently."""

from __future__ import annotations

import re

_PAIRS = dict(
    pair.split("/")
    for pair in (
        "defence/defense offence/offense licence/license pretence/pretense centre/center theatre/theater litre/liter metre/meter fibre/fiber "
        "calibre/caliber sabre/saber labour/labor colour/color favour/favor honour/honor neighbour/neighbor behaviour/behavior harbour/harbor "
        "rumour/rumor humour/humor armour/armor endeavour/endeavor rigour/rigor vapour/vapor parlour/parlor valour/valor vigour/vigor "
        "catalogue/catalog dialogue/dialog programme/program aluminium/aluminum plough/plow tyre/tire "
        "grey/gray sceptic/skeptic manoeuvre/maneuver paediatric/pediatric anaesthetic/anesthetic jewellery/jewelry "
        "travelled/traveled travelling/traveling cancelled/canceled cancelling/canceling fuelled/fueled labelled/labeled modelled/modeled"
    ).split()
)
_WORDS = re.compile(r"\b(" + "|".join(sorted(_PAIRS, key=len, reverse=True)) + r")", re.IGNORECASE)
_ENDINGS = re.compile(r"(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)\b)", re.IGNORECASE)


def one_spelling(text: str) -> str:
    """The text as the lexical index reads it. Words that are written one way alone may change too, in questions and articles alike."""
    return _ENDINGS.sub("iz", _WORDS.sub(lambda match: _PAIRS[match[0].lower()], text))
