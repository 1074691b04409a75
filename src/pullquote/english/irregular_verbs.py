"""The stems of irregular past forms of verbs, as those of their infinitives."""

from __future__ import annotations

from pullquote.english.stems import analyse

_FORMS = (
    "paid pay, knew know, known know, took take, taken take, gave give, given give, went go, gone "
    "go, sold sell, bought buy, broke break, broken break, began begin, begun begin, stole steal, "
    "stolen steal, spoke speak, spoken speak, met meet, told tell, made make, left leave, lost "
    "lose, held hold, kept keep, won win, shot shoot, fell fall, fallen fall, fled flee, wrote "
    "write, written write, led lead, sent send, built build, found find, struck strike, drove "
    "drive, driven drive, flew fly, flown fly, grew grow, grown grow, hid hide, hidden hide, rose "
    "rise, risen rise, sank sink, sunk sink, threw throw, thrown throw, came come, became become, "
    "ran run, saw see, seen see, did do, done do, got get, had have, has have, fought fight, "
    "caught catch, taught teach, brought bring, thought think, sought seek, chose choose, chosen "
    "choose, froze freeze, frozen freeze, shook shake, wore wear, drew draw, drawn draw, fed "
    "feed, lied lie, spent spend, lent lend, bent bend, burnt burn, leapt leap, stood stand, "
    "withdrew withdraw, withdrawn withdraw, understood understand, forbade forbid, sang sing, "
    "swam swim, drank drink, ate eat, eaten eat, beaten beat, hung hang, heard hear, laid lay, "
    "dealt deal, meant mean, rang ring, slept sleep, swore swear"
).split(", ")
_INFINITIVES = {
    analyse(past)[0]: analyse(infinitive)[0]
    for past, infinitive in (form.split() for form in _FORMS)
}


def verb_stems(text: str) -> list[str]:
    """The stems of a text's words, in order; those of irregular past forms as infinitives."""
    return [_INFINITIVES.get(stem, stem) for stem in analyse(text)]
