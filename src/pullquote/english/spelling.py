"""Words that British and American English spell differently."""

from __future__ import annotations

_PAIRS = (
    "defence/defense offence/offense licence/license pretence/pretense centre/center "
    "theatre/theater litre/liter metre/meter fibre/fiber calibre/caliber sabre/saber labour/labor "
    "colour/color favour/favor honour/honor neighbour/neighbor behaviour/behavior harbour/harbor "
    "rumour/rumor humour/humor armour/armor endeavour/endeavor rigour/rigor vapour/vapor "
    "parlour/parlor valour/valor vigour/vigor favourite/favorite neighbourhood/neighborhood "
    "catalogue/catalog dialogue/dialog programme/program aluminium/aluminum plough/plow tyre/tire "
    "grey/gray sceptic/skeptic manoeuvre/maneuver jewellery/jewelry paediatric/pediatric "
    "anaesthetic/anesthetic travelled/traveled travelling/traveling traveller/traveler "
    "cancelled/canceled cancelling/canceling fuelled/fueled labelled/labeled modelled/modeled "
    "analyse/analyze paralyse/paralyze enrol/enroll fulfil/fulfill skilful/skillful "
    "airplane/aeroplane"
)
_ISE_STEMS = (
    "organ recogn real apolog critic author emphas prior minim maxim util privat national stabil "
    "special summar symbol character general final central local mobil neutral normal penal "
    "popular revital sympath terror visual capital civil equal legal modern patron"
)
"""Stems of verbs in -ise (British) and -ize (American)."""

SPELLINGS: tuple[tuple[str, str], ...] = (
    *((british, american) for british, _, american in (p.partition("/") for p in _PAIRS.split())),
    *(
        (f"{stem}{ending}", f"{stem}{ending.replace('s', 'z', 1)}")
        for stem in _ISE_STEMS.split()
        for ending in ("ise", "ised", "ising", "isation")
    ),
)
"""Pairs of spellings: British, American."""
