"""Recognises the language of a text by its script and its most frequent words.

Only the beginning of a text is looked at. A text that is short, or a list of names, or in two
languages is left unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict

from pullquote.languages.function_words import FUNCTION_WORDS

UNKNOWN = ""
"""The code of a language that is not known."""
ENGLISH = "en"
_SAMPLE_CHARACTERS = 1_500
"""The characters of a text that are looked at."""
_FIRST_CHARACTERS = 750
"""The characters whose words are counted first; those of the whole sample only if needed."""
_MIN_WORDS = 12
"""A text with fewer words is left unknown."""
_MIN_LETTERS = 20
"""The same for a text in a script of one language."""
_SCRIPT_LETTERS = 300
"""The number of letters from which the script is determined."""
_MIN_WORD_SHARE = 0.12
"""The least score of a language, as a share of the words."""
_MIN_LEAD = 1.15
"""The least score of a language, as a multiple of the next one's."""
_KANA_SHARE = 0.05
"""Han characters with at least this share of kana are Japanese."""
_ENGLISH_ARTICLES = 5
_ENGLISH_PARTICLES = 4
"""A sample with this number of each is English without further counting."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_OTHER = re.compile(r"[\u0370-\u1dff\u2e80-\ud7af\uf900-\ufdff\ufe70-\ufeff\uff66-\uffdc]+")
_SCRIPTS = {
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "cyrillic": re.compile(r"[\u0400-\u052f]"),
    "hy": re.compile(r"[\u0530-\u058f]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
    "devanagari": re.compile(r"[\u0900-\u0963\u0966-\u097f]"),
    "bn": re.compile(r"[\u0980-\u09ff]"),
    "pa": re.compile(r"[\u0a00-\u0a7f]"),
    "gu": re.compile(r"[\u0a80-\u0aff]"),
    "or": re.compile(r"[\u0b00-\u0b7f]"),
    "ta": re.compile(r"[\u0b80-\u0bff]"),
    "te": re.compile(r"[\u0c00-\u0c7f]"),
    "kn": re.compile(r"[\u0c80-\u0cff]"),
    "ml": re.compile(r"[\u0d00-\u0d7f]"),
    "si": re.compile(r"[\u0d80-\u0dff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "lo": re.compile(r"[\u0e80-\u0eff]"),
    "my": re.compile(r"[\u1000-\u109f]"),
    "ka": re.compile(r"[\u10a0-\u10ff]"),
    "ko": re.compile(r"[\u1100-\u11ff\uac00-\ud7af]"),
    "am": re.compile(r"[\u1200-\u137f]"),
    "km": re.compile(r"[\u1780-\u17ff]"),
    "han": re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"),
}
"""The characters of each script, by the language that is written in it, or by its own name."""
_KANA = re.compile(r"[\u3040-\u30ff]")
_URDU = re.compile(r"[ٹڈڑےں]")
_PERSIAN = re.compile(r"[پچژگیک]")
_ARABIC = re.compile(r"[يكةىأإ]")
_MARATHI = re.compile(r"(?<!\S)(?:आहे|आहेत|आणि|होते|होता|या|हे)(?!\S)")
_NEPALI = re.compile(r"(?<!\S)(?:छ|छन्|र|हो|भएको|गरेको|थियो)(?!\S)")
_HINDI = re.compile(r"(?<!\S)(?:है|हैं|के|में|की|और|को|से|का|ने|था|थे|थी)(?!\S)")


def _languages_by_word() -> dict[str, tuple[tuple[str, float], ...]]:
    """The languages of each function word, with its weight: less if several have it."""
    languages = defaultdict(list)
    for language, words in FUNCTION_WORDS.items():
        for word in words:
            languages[word].append(language)
    return {
        word: tuple((language, len(owners) ** -0.5) for language in owners)
        for word, owners in languages.items()
    }


_LANGUAGES_BY_WORD = _languages_by_word()


def recognised_language(text: str, start: int = 0) -> str:
    """The ISO 639-1 code of the language of a text; empty if it is not known.

    Args:
        text: an article's text.
        start: where its prose begins.
    """
    sample = text[start : start + _SAMPLE_CHARACTERS]
    if _is_plainly_english(sample):
        return ENGLISH
    letters = _other_letters(sample, _MIN_LETTERS)
    return _by_script(sample, letters, _MIN_LETTERS) if letters else _by_first_words(sample)


def language_by_script(text: str, min_letters: int) -> str:
    """The language of a text by its script; empty if that is Latin, or of several languages.

    Args:
        text: the text.
        min_letters: the least number of its letters in the script.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    letters = _other_letters(sample, min_letters)
    return _by_script(sample, letters, min_letters) if letters else UNKNOWN


def _other_letters(sample: str, min_letters: int) -> str:
    """The first letters of a sample in other scripts than Latin; empty if they are fewer."""
    letters = "" if sample.isascii() else "".join(_OTHER.findall(sample))
    is_other = len(letters) >= min_letters and len(letters) > len(_LATIN.findall(sample))
    return letters[:_SCRIPT_LETTERS] if is_other else ""


def _by_first_words(sample: str) -> str:
    return _by_words(sample[:_FIRST_CHARACTERS]) or _by_words(sample)


def _is_plainly_english(sample: str) -> bool:
    return (
        sample.count(" the ") >= _ENGLISH_ARTICLES
        and sample.count(" of ") + sample.count(" and ") >= _ENGLISH_PARTICLES
    )


def _by_script(sample: str, letters: str, min_letters: int) -> str:
    """The language of a sample whose first letters of other scripts than Latin are `letters`."""
    counts = {script: len(pattern.findall(letters)) for script, pattern in _SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < min_letters:
        return UNKNOWN
    if script == "han":
        return "ja" if len(_KANA.findall(letters)) >= counts[script] * _KANA_SHARE else "zh"
    if script == "arabic":
        if _URDU.search(sample):
            return "ur"
        is_persian = len(_PERSIAN.findall(sample)) > len(_ARABIC.findall(sample))
        return "fa" if is_persian else "ar"
    if script == "devanagari":
        words = {"hi": _HINDI, "mr": _MARATHI, "ne": _NEPALI}
        found = {language: len(word.findall(sample)) for language, word in words.items()}
        best = max(found, key=lambda language: found[language])
        return best if found[best] else UNKNOWN
    return _by_first_words(sample) if script == "cyrillic" else script


def _by_words(sample: str) -> str:
    composed = sample if sample.isascii() else unicodedata.normalize("NFC", sample)
    words = _WORD.findall(composed.lower().replace("’", "'"))
    if len(words) < _MIN_WORDS:
        return UNKNOWN
    scores: dict[str, float] = {}
    for word, count in Counter(words).items():
        for language, weight in _LANGUAGES_BY_WORD.get(word, ()):
            scores[language] = scores.get(language, 0.0) + count * weight
    if not scores:
        return UNKNOWN
    best, *others = sorted(scores, key=lambda language: -scores[language])
    next_score = scores[others[0]] if others else 0.0
    is_certain = scores[best] >= len(words) * _MIN_WORD_SHARE
    return best if is_certain and scores[best] >= next_score * _MIN_LEAD else UNKNOWN
