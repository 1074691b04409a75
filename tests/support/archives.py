"""Short articles, and functions that build indexes of them."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import sqlite3  # noqa: TID251 - forges an index
from pathlib import Path

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.hashing import file_sha256, sha256_of
from pullquote.corpus.spans import Span
from pullquote.settings import Settings, load_settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import MANIFEST_FILE, STORE_FILE, FileEntry, read_manifest
from pullquote_index.build import build
from pullquote_index.build_report import BuildReport
from pullquote_index.progress import SilentProgress

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
NOON = dt.datetime(2026, 1, 2, 12, 0, tzinfo=dt.UTC)

HARBOUR = {
    "id": "harbour",
    "title": "Harbour bridge reopens after eleven months",
    "source": "The Quay",
    "published": "2024-03-05",
    "url": "https://example.org/harbour",
    "section": "Local",
    "authors": ["Ana Ortiz"],
    "text": (
        "The harbour bridge reopened on Tuesday after eleven months of repairs.\n\n"
        "Engineer Lidia Kovac said the cables had been replaced at a cost of 14 million euros. "
        "“It will outlast us all,” she said.\n\n"
        "Ferry operators expect to lose a third of their passengers by the summer."
    ),
}
ORCHARD = {
    "id": "orchard",
    "title": "Frost ruins the apricot harvest",
    "source": "Valley Post",
    "published": "2024-05-20",
    "text": (
        "A late frost destroyed most of the apricot harvest in the upper valley.\n\n"
        "Growers put the loss at 60 percent. Tomas Reed, who farms near Elm Ford, lost every tree "
        "that he planted in 2019.\n\n"
        "Ferry operators expect to lose a third of their passengers by the summer."
    ),
}
LIBRARY = {
    "id": "library",
    "title": "Library extends its hours",
    "source": "The Quay",
    "published": "2025-01-15",
    "authors": ["Zoë Ünal", "Ana Ortiz"],
    "text": (
        "The town library will stay open until ten in the evening from February. "
        "Director Mina Vale said 3,200 readers had asked for it."
    ),
}
UNDATED = {
    "id": "undated",
    "title": "A note on tides",
    "source": "Valley Post",
    "text": "The tide at Elm Ford turns twice a day, as it always has.",
}


def write_jsonl(path: Path, *records: object) -> Path:
    """Write records as JSON Lines, and return the path."""
    path.write_text(
        "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records),
        encoding="utf-8",
    )
    return path


def settings_for(built: Path, **environment: str) -> Settings:
    """Settings of an index in `built`, with further variables without their prefix."""
    return load_settings(
        {
            "PULLQUOTE_INDEX_PATH": str(built),
            **{f"PULLQUOTE_{key}": value for key, value in environment.items()},
        }
    )


def link_tree(source: Path, target: Path) -> Path:
    """Copy a folder by hard links, which takes no time and no space.

    Never change a file of the copy in place: delete it first.
    """
    return Path(shutil.copytree(source, target, copy_function=os.link))


def build_into(
    built: Path, paths: list[Path], *, strict: bool = False, full: bool = False, **environment: str
) -> BuildReport:
    """Build an index of `paths` in `built`."""
    return build(
        settings_for(built, **environment),
        paths,
        strict=strict,
        progress=SilentProgress(),
        now=lambda: NOON,
        full=full,
    )


def reseal(built: Path) -> None:
    """Make the manifest of a live generation fit its changed file of articles."""
    folder = BuiltFolder(built).folder_of(BuiltFolder(built).live())
    store, manifest = folder / STORE_FILE, read_manifest(folder)
    entry = FileEntry(bytes=store.stat().st_size, sha256=file_sha256(store))
    files = {**manifest.files, STORE_FILE: entry}
    sealed = manifest.model_copy(update={"files": files}).sealed()
    (folder / MANIFEST_FILE).write_bytes(sealed.to_bytes())


def forge(built: Path, replaced: str, by: str) -> None:
    """Change a word in every text of an index, and all hashes that the index has of them."""
    folder = BuiltFolder(built).folder_of(BuiltFolder(built).live())
    with contextlib.closing(sqlite3.connect(folder / STORE_FILE)) as database:
        database.create_function("hash", 1, lambda text: sha256_of(text.encode()))
        database.execute("UPDATE articles SET text = REPLACE(text, ?, ?)", (replaced, by))
        database.execute("UPDATE articles SET sha256 = hash(text)")
        database.commit()
    reseal(built)


def plain_article(text: str, article_id: str = "a") -> Article:
    """An article of which only the id and the text matter."""
    return Article(
        id=ArticleId(article_id),
        title="",
        text=text,
        prose=Span(0, len(text)),
        published=None,
        section="",
        source="",
        url="",
        authors=(),
        path="",
        line=0,
        record_sha256="",
    )
