"""An archive that changes while it is read.

One article stays, one is rewritten at each change, and others appear and disappear.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

QUESTIONS = ("Who repaired the harbour bridge?", "Who keeps the lighthouse at Elm Ford?")
"""The article that stays answers the first, the rewritten one the second."""
_BRIDGE = (
    "The harbour bridge reopened on Tuesday. The harbour bridge was repaired by Lidia Kovac, an "
    "engineer from Elm Ford, in eleven months."
)
_ANSWERS = dict(zip(QUESTIONS, ("repaired by Lidia Kovac", "is kept by"), strict=True))
_WITHHELD = "Not quoted: The lighthouse changed since the index was built"
_KEEPERS = ("Ana Ortiz", "Tomas Reed", "Mina Vale", "Oskar Lind")


class ChangingArchive:
    """The folder of the archive, and its history.

    Attributes:
        folder: the articles.
        texts: every text that was ever in it, by SHA-256.
        versions: the hashes of the texts after each change, by its number.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts: dict[str, str] = {}
        self.versions: dict[int, set[str]] = {}
        self._now: dict[str, str] = {}
        folder.mkdir()
        self._write("bridge", "The harbour bridge reopens", _BRIDGE)
        self.change(0)

    def change(self, version: int) -> None:
        """Rewrite one article, add another, and delete an earlier one."""
        keeper = _KEEPERS[version % len(_KEEPERS)]
        self._write(
            "lighthouse",
            "The lighthouse",
            f"The lighthouse at Elm Ford is kept by {keeper}, as of report {version}. "
            f"It has {version} lamps.",
        )
        self._write(
            f"note-{version}",
            f"Note {version}",
            f"The mill sold {version} sacks of flour in one day. "
            f"Nobody had expected number {version}.",
        )
        (self.folder / f"note-{version - 2}.md").unlink(missing_ok=True)
        self._now.pop(f"note-{version - 2}", None)
        self.versions[version] = set(self._now.values())

    def _write(self, name: str, title: str, prose: str) -> None:
        text = f"---\ntitle: {json.dumps(title)}\n---\n\n{prose}\n"
        self._now[name] = hashlib.sha256(prose.encode()).hexdigest()
        self.texts[self._now[name]] = prose
        beside = self.folder / f".{name}"
        beside.write_text(text)
        beside.replace(self.folder / f"{name}.md")


def wrong_answers(
    archive: ChangingArchive, answers: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The answers that the archive could not give in any one version.

    All answers of one generation must fit the same version. The second question may be refused, or
    answered as not sure, if the answer says that the article with its answer is not quoted because
    it has been rewritten since the generation was built.
    """
    wrong: list[dict[str, Any]] = []
    versions_of_generation: dict[object, set[int]] = {}
    for answer in answers:
        quotes = [*answer.get("quotes", ()), *answer.get("nearest", ())]
        answered = any(_ANSWERS[answer["question"]] in quote["text"] for quote in quotes)
        withheld = (
            answer["question"] == QUESTIONS[1]
            and (answer.get("refusal") == "changed" or answer.get("outcome") == "unsure")
            and any(notice.startswith(_WITHHELD) for notice in answer.get("notices", ()))
        )
        exact = all(
            archive.texts.get(quote["article_sha256"], "")[quote["start"] : quote["end"]]
            == quote["text"]
            for quote in quotes
        )
        hashes = {quote["article_sha256"] for quote in quotes}
        versions = versions_of_generation.setdefault(
            answer.get("generation"), set(archive.versions)
        )
        versions &= {version for version, texts in archive.versions.items() if hashes <= texts}
        if not (answered or withheld) or not exact or not versions:
            wrong.append(answer)
    return wrong
