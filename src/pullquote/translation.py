"""The language of the interface: every sentence that a reader sees is said by `say`.

A translation is one file of gettext, `translations/CODE.po`, from the English sentences to those of
another language. Without one, and for a sentence that it lacks, the English sentence is said.
Quotes, names and whatever else comes from articles are values of a sentence, and never translated.
"""

from __future__ import annotations

import functools
import gettext
import importlib
import string
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

ENGLISH = "en"
_FOLDER = files("pullquote") / "translations"
_NUMBER = "1,234.5"
"""The English sentence whose translation shows the marks of thousands and decimals."""
_PERCENT = "10%"
"""The same for percentages."""
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A translation.

    Attributes:
        texts: the sentences, by the English ones.
        counted: the forms of a number with its noun, by the English singular.
        form_of: which form a number takes.
    """

    texts: Mapping[str, str]
    counted: Mapping[str, tuple[str, ...]]
    form_of: Callable[[int], int]


def languages() -> tuple[str, ...]:
    """The codes of the languages that the interface speaks, English first."""
    return (ENGLISH, *_translations())


def language_for(*tags: str) -> str:
    """The language of the interface for somebody whose languages are these, the best first.

    Args:
        tags: language tags such as `de`, `de-AT` or `pt_BR`; empty ones are ignored.

    Returns:
        The first that the interface speaks; English if it speaks none.
    """
    for tag in filter(None, tags):
        whole = tag.replace("_", "-").lower()
        for code in (whole, whole.partition("-")[0]):
            if code in languages():
                return code
    return ENGLISH


def spoken() -> str:
    """The code of the language in force."""
    return _language.get()


def speak(language: str) -> None:
    """Speak a language from now on, in this task or thread and what it starts."""
    _language.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language in the block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def say(english: str, /, **values: object) -> str:
    """A sentence in the language in force.

    Args:
        english: the English sentence, with `{names}` for the values.
        values: what stands in their place.
    """
    return text_in(_language.get(), english, **values)


def text_in(language: str, english: str, /, **values: object) -> str:
    """A sentence in a language: the one function by which the interface speaks.

    Args:
        language: the code of the language.
        english: the English sentence, with `{names}` for the values.
        values: what stands in their place.
    """
    if language == ENGLISH:
        return english.format(**values) if values else english
    catalogue = _catalogue(language)
    text = catalogue.texts.get(english, english)
    return _Formatter(catalogue).vformat(text, (), values) if values else text


def say_counted(number: int, noun: str) -> str:
    """A number with its noun in the language in force: 1 article, 2,000 articles."""
    language = _language.get()
    english = f"{{number:,}} {noun}{'' if number == 1 else 's'}"
    if language == ENGLISH:
        return english.format(number=number)
    catalogue = _catalogue(language)
    forms = catalogue.counted.get(f"{{number:,}} {noun}")
    text = forms[catalogue.form_of(number)] if forms else english
    return _Formatter(catalogue).vformat(text, (), {"number": number})


def every_text(english: str) -> tuple[str, ...]:
    """A sentence in every language: to find it again in a message that was sent in any of them."""
    return tuple(dict.fromkeys(text_in(language, english) for language in languages()))


def translate_constants(module: str) -> None:
    """Have the constants of a module of sentences read in the language in force.

    Whoever takes one from the module, as `strings.NOT_SURE`, gets it translated. Inside of the
    module itself constants are said by `say`.

    Args:
        module: its name.
    """
    sys.modules[module].__class__ = _Sentences


class _Sentences(types.ModuleType):
    """A module whose constants are read in the language in force."""

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if _language.get() == ENGLISH or not name.isupper():
            return value
        return _said(value)

    def __reduce__(self) -> tuple[object, ...]:
        """How the module is pickled, for another process: by its name."""
        return importlib.import_module, (self.__name__,)


def _said(value: Any) -> Any:
    """The texts in a constant, said; other values as they are."""
    match value:
        case str():
            return say(value)
        case tuple():
            return tuple(map(_said, value))
        case dict():
            return {key: _said(each) for key, each in value.items()}
        case _:
            return value


class _Formatter(string.Formatter):
    """Writes numbers with the marks of a language."""

    def __init__(self, catalogue: Catalogue) -> None:
        number = catalogue.texts.get(_NUMBER, _NUMBER)
        self._marks = str.maketrans({",": number[1], ".": number[-2]})
        self._percent = catalogue.texts.get(_PERCENT, _PERCENT).removeprefix("10")

    def format_field(self, value: Any, format_spec: str) -> Any:
        text = super().format_field(value, format_spec)
        if not isinstance(value, int | float) or not format_spec:
            return text
        return text.translate(self._marks).replace("%", self._percent)


@functools.cache
def _translations() -> Mapping[str, Path]:
    """The files of the translations, by the codes of their languages."""
    folder = Path(str(_FOLDER))
    return {path.stem: path for path in sorted(folder.glob("*.po"))}


@functools.cache
def _catalogue(language: str) -> Catalogue:
    path = _translations().get(language)
    return read_catalogue(path) if path else Catalogue({}, {}, lambda _: 0)


def read_catalogue(path: Path) -> Catalogue:
    """Read a translation; sentences that are not translated are left out.

    Raises:
        OSError: it cannot be read, or is no file of gettext.
    """
    import polib  # noqa: PLC0415 - only who reads another language than English needs it

    read = polib.pofile(str(path), encoding="utf-8")
    plural = read.metadata.get("Plural-Forms", "nplurals=2; plural=n != 1;")
    entries = [entry for entry in read.translated_entries() if not entry.obsolete]
    return Catalogue(
        texts={entry.msgid: entry.msgstr for entry in entries if not entry.msgid_plural},
        counted={
            entry.msgid: tuple(entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural))
            for entry in entries
            if entry.msgid_plural
        },
        form_of=gettext.c2py(plural.partition("plural=")[2].rstrip("; \n")),
    )
