"""Words that British and American English write differently, in pairs: British, American."""

from __future__ import annotations

_ISE = (
    "organ recogn real apolog critic author emphas prior minim maxim util privat national stabil special summar symbol character "
    "general final central local mobil neutral normal penal popular revital sympath terror visual capital civil equal legal modern patron"
)

PAIRS: tuple[tuple[str, str], ...] = (
    *(
        (british, american)
        for british, american in (
            pair.split("/")
            for pair in (
                "defence/defense offence/offense licence/license pretence/pretense centre/center theatre/theater litre/liter metre/meter "
                "fibre/fiber calibre/caliber sabre/saber labour/labor colour/color favour/favor honour/honor neighbour/neighbor "
                "behaviour/behavior harbour/harbor rumour/rumor humour/humor armour/armor endeavour/endeavor rigour/rigor vapour/vapor "
                "parlour/parlor valour/valor vigour/vigor favourite/favorite neighbourhood/neighborhood catalogue/catalog dialogue/dialog "
                "programme/program aluminium/aluminum plough/plow tyre/tire grey/gray sceptic/skeptic manoeuvre/maneuver jewellery/jewelry "
                "paediatric/pediatric anaesthetic/anesthetic travelled/traveled travelling/traveling traveller/traveler cancelled/canceled "
                "cancelling/canceling fuelled/fueled labelled/labeled modelled/modeled analyse/analyze paralyse/paralyze enrol/enroll "
                "fulfil/fulfill skilful/skillful airplane/aeroplane"
            ).split()
        )
    ),
    *(
        (f"{stem}{ending}", f"{stem}{ending.replace('s', 'z', 1)}")
        for stem in _ISE.split()
        for ending in ("ise", "ised", "ising", "isation")
    ),
)
