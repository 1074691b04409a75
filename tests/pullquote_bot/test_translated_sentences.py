"""A second language, made from the English one, reaches every sentence."""

import calendar
import datetime as dt
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import polib
import pytest

from pullquote import Archive, translation
from pullquote.answering.answers import Refusal
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote_bot.discord_bot.messages.answer_messages import answer_messages, nearest_messages
from pullquote_bot.discord_bot.messages.components import (
    ActionMenu,
    Menu,
    Message,
    Row,
    Section,
    Text,
)
from pullquote_bot.discord_bot.messages.server_settings import settings_message
from pullquote_bot.discord_bot.messages.welcome_messages import (
    closed_message,
    holdings,
    limited_welcome_message,
    welcome_message,
)
from pullquote_bot.discord_bot.verification_lookups import verification_lookup
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.server_settings import ServerSettings
from support.translatable import (
    LETTERS,
    NO_SENTENCES,
    NUMBERS,
    english_counted,
    english_texts,
    module_files,
    texts_of,
    translates_constants,
)

PSEUDO = "qx"
VALUES: dict[str, Any] = {
    "str": "77",
    "int": 12,
    "float": 0.5,
    "Path": Path("77"),
    "dt.date": dt.date(2025, 10, 30),
    "dt.datetime": dt.datetime(2025, 10, 30, 12, tzinfo=dt.UTC),
    "dt.timedelta": dt.timedelta(hours=5),
    "Sequence[str]": ["77", "78"],
    "Mapping[str, int]": {"77": 2},
    "Mapping[str, Sequence[str]]": {"77": ["78"]},
    "tuple[str, str]": ("77", "78"),
    "dict[str, str]": {"77": "78"},
    "Refusal": Refusal.NOTHING_ABOUT,
}
"""A value without letters for each kind of argument."""
NOT_WORDS = {"UTC"}


@pytest.fixture
def _pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A translation in which each English sentence stands between brackets."""
    po = polib.POFile()
    po.metadata = {"Plural-Forms": "nplurals=2; plural=n != 1;"}
    for text in english_texts():
        po.append(polib.POEntry(msgid=text, msgstr=text if text in NUMBERS else f"⟦{text}⟧"))
    for text in english_counted():
        forms = {0: f"⟦{text}⟧", 1: f"⟦{text}s⟧"}
        po.append(polib.POEntry(msgid=text, msgid_plural=f"{text}s", msgstr_plural=forms))
    po.save(str(tmp_path / f"{PSEUDO}.po"))
    caches = (translation._translations, translation._catalogue)
    monkeypatch.setattr(translation, "_FOLDER", tmp_path)
    for cache in caches:
        cache.cache_clear()
    with translation.speaking(PSEUDO):
        yield
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


def outside(text: str) -> str:
    """What of a text no translation said."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    return text


def untranslated(said: Any) -> list[str]:
    texts = [said] if isinstance(said, str) else [str(each) for each in said or ()]
    words = [word for text in texts for word in LETTERS.findall(outside(text))]
    return [word for word in words if word not in NOT_WORDS]


def sentence_modules() -> Iterator[ModuleType]:
    for name, _ in module_files():
        if name.startswith(("pullquote_bot.strings.", "pullquote_bot.discord_bot.strings.")):
            yield importlib.import_module(name)


def calls(function: Callable[..., Any]) -> Iterator[dict[str, Any]]:
    """Arguments for a function, once with each switch on and once with it off."""
    kinds = {
        name: str(parameter.annotation).removesuffix(" | None")
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is parameter.empty
    }
    if all(kind in VALUES or kind == "bool" for kind in kinds.values()):
        for switch in (True, False):
            yield {name: VALUES.get(kind, switch) for name, kind in kinds.items()}


@pytest.mark.usefixtures("_pseudo")
def test_every_sentence_that_takes_plain_values_is_translated() -> None:
    wrong, called = [], 0
    for module in sentence_modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            for arguments in calls(function):
                called += 1
                if words := untranslated(function(**arguments)):
                    wrong.append(f"{module.__name__}.{name}: {words}")
    assert wrong == []
    assert called > 200


@pytest.mark.usefixtures("_pseudo")
def test_every_constant_is_translated_when_it_is_read() -> None:
    read = 0
    for name, tree in module_files():
        if translates_constants(tree):
            module = importlib.import_module(name)
            for constant in [each for each in vars(module) if each.isupper()]:
                for text in texts_of(getattr(module, constant)):
                    read += 1
                    assert text[0] == "⟦" or text in NO_SENTENCES, text
    assert read > 300


def words_of(archive: Archive, *others: str) -> set[str]:
    text = "\n".join(
        (archive._index.store.article(archive._index.store.headlines()[0][0]).text, *others)
    )
    return set(LETTERS.findall(text))


def texts_in(message: Message) -> Iterator[str]:
    for part in message.every_part():
        match part:
            case Text(content):
                yield content
            case Section(text, button):
                yield from (text.content, button.label)
            case Row(buttons):
                yield from (button.label for button in buttons)
            case ActionMenu(placeholder, choices):
                yield placeholder
                for choice in choices:
                    yield from (choice.label, choice.description)
            case Menu(_, placeholder, options):
                yield from (placeholder, *(label for _, label in options))
            case _:
                pass


@pytest.mark.usefixtures("_pseudo")
def test_messages_hold_nothing_but_translations_and_words_of_the_archive(
    seeds_built: Path,
) -> None:
    asked = (
        "Who mediated the talks?",
        "Who won the 2022 World Cup?",
        "Wer hat den Ring gestohlen?",
    )
    claim = "The talks were mediated by Norway and Qatar"
    with Archive.open(seeds_built) as archive:
        index = archive._index
        opened = OpenArchive(index, 0.0)
        answers = [answer(index, understand(question), 3) for question in asked]
        messages = [
            *(each for one in answers for each in answer_messages(one, private=True)),
            *(each for one in answers[1:] for each in nearest_messages(one)),
            welcome_message(holdings(index.store), asked[:2]),
            limited_welcome_message(),
            closed_message(),
            settings_message(ServerSettings(), 3),
            verification_lookup(claim)(opened),
        ]
        known = words_of(archive, *asked, claim, str(index.generation))
    assert answers[2].other_language
    texts = [text for message in messages for text in texts_in(message)]
    spoken = [word for text in texts for word in LETTERS.findall(outside(text))]
    assert [word for word in spoken if word not in known | NOT_WORDS] == []
    assert any(f"⟦{calendar.month_name[10]}⟧" in text for text in texts)
