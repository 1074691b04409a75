"""Codes and names of languages, as articles state them."""

from __future__ import annotations

import re

LANGUAGE_NAMES = {
    "am": "Amharic",
    "ar": "Arabic",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "km": "Khmer",
    "kn": "Kannada",
    "ko": "Korean",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "ml": "Malayalam",
    "mr": "Marathi",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "or": "Odia",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""English names of the languages that can be recognised, by their ISO 639-1 codes."""
_OTHER_NAMES = {
    "deutsch": "de",
    "français": "fr",
    "español": "es",
    "castellano": "es",
    "italiano": "it",
    "português": "pt",
    "nederlands": "nl",
    "svenska": "sv",
    "dansk": "da",
    "norsk": "no",
    "suomi": "fi",
    "polski": "pl",
    "čeština": "cs",
    "türkçe": "tr",
    "русский": "ru",
    "українська": "uk",
    "العربية": "ar",
    "فارسی": "fa",
    "हिन्दी": "hi",
    "中文": "zh",
    "日本語": "ja",
    "한국어": "ko",
    "mandarin": "zh",
    "farsi": "fa",
}
_OTHER_CODES = dict(
    pair.split(":")
    for pair in (
        "nb:no nn:no iw:he in:id ara:ar bul:bg cat:ca ces:cs cze:cs dan:da deu:de ger:de ell:el "
        "gre:el eng:en spa:es est:et fas:fa per:fa fin:fi fra:fr fre:fr heb:he hin:hi hrv:hr "
        "hun:hu ind:id ita:it jpn:ja kor:ko lit:lt lav:lv nld:nl dut:nl nor:no nob:no nno:no "
        "pol:pl por:pt ron:ro rum:ro rus:ru slk:sk slo:sk slv:sl srp:sr swe:sv tha:th tur:tr "
        "ukr:uk urd:ur vie:vi zho:zh chi:zh"
    ).split()
)
"""Codes of ISO 639-2 and -3, and older codes."""
_ISO_639_1 = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht "
    "hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky "
    "la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nd ne ng nl no nr nv ny oc oj "
    "om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh "
    "zu".split()
)
"""Others name no language: `lang: go` is a language of programs."""
_TAG = re.compile(r"([a-z]{2,3})(?:[-_.][a-z0-9-_.]*)?", re.IGNORECASE)
_CODES_BY_NAME = {name.casefold(): code for code, name in LANGUAGE_NAMES.items()} | _OTHER_NAMES


def language_code(stated: str) -> str:
    """The code of a language that is stated as a tag (`de-AT`, `pt_BR`, `deu`) or by its name.

    Returns:
        A code of ISO 639-1; empty if the text names no language that has one.
    """
    text = stated.strip()
    if name := _CODES_BY_NAME.get(text.casefold()):
        return name
    if not (tag := _TAG.fullmatch(text)):
        return ""
    code = _OTHER_CODES.get(tag[1].lower(), tag[1].lower())
    return code if code in _ISO_639_1 else ""


def language_name(code: str) -> str:
    """The English name of a language; its code if the name is not known."""
    return LANGUAGE_NAMES.get(code, code)
