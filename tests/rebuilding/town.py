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
_KEEPERS = ("Ana Ortiz", "Tomas Reed", "Mina Vale", "Oskar Lind")


class Town:
    """The archive's folder, and every text that ever stood in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts: dict[str, str] = {}
        folder.mkdir()
        self._write("bridge", "The harbour bridge reopens", _BRIDGE)
        self.change(0)

    def change(self, version: int) -> None:
        """Rewrite the one article, and let another come and one before it go."""
        keeper = _KEEPERS[version % len(_KEEPERS)]
        self._write(
            "lighthouse", "The lighthouse", f"The lighthouse at Elm Ford is kept by {keeper}, as of report {version}. It has {version} lamps."
        )
        self._write(f"note-{version}", f"Note {version}", f"The mill sold {version} sacks of flour in one day. Nobody had expected number {version}.")
        (self.folder / f"note-{version - 2}.md").unlink(missing_ok=True)

    def _write(self, name: str, title: str, prose: str) -> None:
        text = f"---\ntitle: {json.dumps(title)}\n---\n\n{prose}\n"
        self.texts[hashlib.sha256(text.encode()).hexdigest()] = text
        beside = self.folder / f".{name}"
        beside.write_text(text)
        beside.replace(self.folder / f"{name}.md")


def wrong_answers(town: Town, said: Iterable[dict[str, object]]) -> list[object]:
    """Of what a reader was told, whatever no generation of the archive could have said."""
    wrong: list[object] = []
    for one in said:
        quotes: Any = one.get("quotes")
        if not isinstance(quotes, list) or (
            one["question"] == QUESTIONS[0] and not any("repaired by Lidia Kovac" in quote["text"] for quote in quotes)
        ):
            wrong.append(one)
            continue
        for quote in quotes:
            text = town.texts.get(quote["article_sha256"], "")
            if text[quote["start"] : quote["end"]] != quote["text"]:
                wrong.append(one)
    return wrong
