"""Recognises the language of a question, which has too few words for `recognised_language`.

English questions have to stay English: names such as "La Paz" or "Der Spiegel" say nothing. So
only words in small letters count, the first word, and at least one that asks.
"""

from __future__ import annotations

import re
import unicodedata

from pullquote.languages.function_words import FUNCTION_WORDS
from pullquote.languages.recognition import ENGLISH, UNKNOWN, language_by_script

_ASKING = {
    language: frozenset(words.split())
    for language, words in {
        "en": "who whom whose what which when where why how is are was were do does did has have "
        "had can could will would shall should may",
        "de": "wer wen wem wessen was welche welcher welches welchen wann wo wohin woher warum "
        "wieso weshalb wie wieviel wieviele wurde wurden hat haben ist sind kann gibt gab",
        "fr": "qui que quoi quel quelle quels quelles quand où pourquoi comment combien "
        "est-ce qu'est-ce",
        "es": "quién quiénes qué cuál cuáles cuándo cuánto cuánta cuántos cuántas dónde cómo quien "
        "que cual cuando cuanto cuantos donde como",
        "it": "chi che cosa quale quali quando dove perché perche come quanto quanti quanta "
        "quante cos'è",
        "pt": "quem que qual quais quando onde porquê porque como quanto quantos quanta quantas",
        "nl": "wie wat welke welk wanneer waar waarom hoe hoeveel waarheen",
        "sv": "vem vad vilken vilket vilka när var varför hur många",
        "da": "hvem hvad hvilken hvilket hvilke hvornår hvor hvorfor hvordan mange",
        "no": "hvem hva hvilken hvilket hvilke når hvor hvorfor hvordan mange",
        "fi": "kuka mikä mitä ketkä milloin missä miksi miten kuinka montako",
        "pl": "kto co kogo jaki jaka jakie który kiedy gdzie dlaczego jak ile ilu czy",
        "cs": "kdo co koho jaký jaká jaké který kdy kde proč jak kolik",
        "ro": "cine ce care când unde de cum cât câți câte",
        "hu": "ki mi kik milyen melyik mikor hol miért hogyan hány mennyi",
        "tr": "kim ne hangi kaç nerede neden niçin nasıl zaman",
        "id": "siapa apa yang mana kapan di mengapa kenapa bagaimana berapa",
        "ru": "кто что какой какая какие когда где почему как сколько чей",
        "uk": "хто що який яка які коли де чому як скільки",
    }.items()
}
"""Words that begin questions."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SCRIPT_LETTERS = 4
"""The number of letters from which a script other than Latin is determined."""
_MIN_WORDS = 3
_MIN_SHARE = 0.4
"""The least share of the words that count which a language must have."""
_MIN_LEAD = 1.5
"""How many times the words of English, and of any other language, it must have."""


def question_language(text: str) -> str:
    """The ISO 639-1 code of the language of a question; empty if it is English or not known."""
    if not text.isascii() and (by_script := language_by_script(text, _SCRIPT_LETTERS)):
        return by_script
    if "¿" in text:
        return "es"
    composed = unicodedata.normalize("NFC", text).replace("’", "'")
    words = _WORD.findall(composed)
    counted = [word.lower() for at, word in enumerate(words) if at == 0 or word.islower()]
    if len(counted) < _MIN_WORDS:
        return UNKNOWN
    scores = {language: _score(counted, language) for language in _ASKING}
    best, *others = sorted(scores, key=lambda language: -scores[language])
    if best == ENGLISH or not _ASKING[best].intersection(counted):
        return UNKNOWN
    needed = max(len(counted) * _MIN_SHARE, scores[ENGLISH] * _MIN_LEAD)
    is_certain = scores[best] >= needed and scores[best] > scores[others[0]]
    return best if is_certain else UNKNOWN


def _score(words: list[str], language: str) -> int:
    known = FUNCTION_WORDS[language] | _ASKING[language]
    return sum(word in known for word in words)
