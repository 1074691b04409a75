"""An archive that changes under its readers: one article stays, one is rewritten each time, and others come and go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

QUESTIONS = ("Who repaired the harbour bridge?", "Who keeps the lighthouse at Elm Ford?")
"""The first is answered by the article that stays, the second by the one that is rewritten."""
_BRIDGE = "The harbour bridge reopened on Tuesday. The harbour bridge was repaired by Lidia Kovac, an engineer from Elm Ford, in eleven months."
_ANSWERS = dict(zip(QUESTIONS, ("repaired by Lidia Kovac", "is kept by"), strict=True))
_KEEPERS = ("Ana Ortiz", "Tomas Reed", "Mina Vale", "Oskar Lind")


class Town:
    """The archive's folder, every text that ever stood in it, by its hash, and the hashes that stood there after each change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts: dict[str, str] = {}
        self.versions: dict[int, set[str]] = {}
        self._now: dict[str, str] = {}
        folder.mkdir()
        self._write("bridge", "The harbour bridge reopens", _BRIDGE)
        self.change(0)

    def change(self, version: int) -> None:
        """Rewrite the one article, and let another come and one before it go."""
        keeper = _KEEPERS[version % len(_KEEPERS)]
        self._write(
            "lighthouse",
            "The lighthouse",
            f"The lighthouse at Elm Ford is kept by {keeper}, as of report {version}. It has {version} lamps.",
        )
        self._write(
            f"note-{version}",
            f"Note {version}",
            f"The mill sold {version} sacks of flour in one day. Nobody had expected number {version}.",
        )
        (self.folder / f"note-{version - 2}.md").unlink(missing_ok=True)
        self._now.pop(f"note-{version - 2}", None)
        self.versions[version] = set(self._now.values())

    def _write(self, name: str, title: str, prose: str) -> None:
        text = f"---\ntitle: {json.dumps(title)}\n---\n\n{prose}\n"
        self._now[name] = hashlib.sha256(text.encode()).hexdigest()
        self.texts[self._now[name]] = text
        beside = self.folder / f".{name}"
        beside.write_text(text)
        beside.replace(self.folder / f"{name}.md")


def wrong_answers(town: Town, said: Iterable[dict[str, Any]]) -> list[object]:
    """Of what readers were told, whatever the archive could not have said as it was at one time: at the same for each generation.

    The second answer may be withheld, where the article has been rewritten since the generation was built.
    """
    wrong: list[object] = []
    when: dict[object, set[int]] = {}
    for one in said:
        quotes = [*one.get("quotes", ()), *one.get("nearest", ())]
        answered = any(_ANSWERS[one["question"]] in quote["text"] for quote in quotes)
        withheld = one["question"] == QUESTIONS[1] and one.get("refusal") == "changed"
        right = (answered or withheld) and all(
            town.texts.get(quote["article_sha256"], "")[quote["start"] : quote["end"]]
            == quote["text"]
            for quote in quotes
        )
        hashes = {quote["article_sha256"] for quote in quotes}
        fitting = when.setdefault(one.get("generation"), set(town.versions))
        fitting &= {version for version, stood in town.versions.items() if hashes <= stood}
        if not right or not fitting:
            wrong.append(one)
    return wrong
