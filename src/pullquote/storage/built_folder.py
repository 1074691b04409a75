"""One built index on disk: its manifest, and which of them is live.

built/
  current                        the id of the live generation
  encoders/<hash>/               exported encoders
  rerankers/<hash>/              exported rerankers, where the settings name another than the packaged one
  generations/<id>/              never changed once it has its name
    manifest.json  archive.sqlite  passages.faiss  sentences.npy  lexical/
  lock                           who builds, and since when
  partial/                       vectors of a build that is under way, or was interrupted
"""

from __future__ import annotations

import re
from pathlib import Path

from pullquote.errors import ArchiveDamaged, ArchiveMissing
from pullquote.models.cards import EncoderCard
from pullquote.storage.durable_files import write_durably
from pullquote.storage.manifest import GenerationId

_ID = re.compile(r"\d{6,}-[0-9a-f]{8}")


class BuiltFolder:
    """The folder of built indexes: paths in it, and the live generation's name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoders = path / "encoders"
        self.rerankers = path / "rerankers"
        self.generations = path / "generations"
        self.partial = path / "partial"
        self._current = path / "current"

    def folder_of(self, generation: GenerationId) -> Path:
        """Where a generation lies."""
        return self.generations / generation

    def encoder_folder(self, card: EncoderCard) -> Path:
        """Where an exported encoder lies."""
        return self.encoders / card.hash

    def live(self) -> GenerationId:
        """The live generation.

        Raises:
            ArchiveMissing: there is none.
            ArchiveDamaged: what says which it is, is not a generation's id.
        """
        try:
            name = self._current.read_text(encoding="utf-8").strip()
        except NotADirectoryError:
            raise ArchiveMissing(
                "is a file, not the folder of an index",
                where=str(self.path),
                mend="Name a folder with --index",
            ) from None
        except FileNotFoundError:
            raise ArchiveMissing("there is no index yet", where=str(self.path)) from None
        except (OSError, UnicodeDecodeError) as error:
            raise ArchiveDamaged("cannot be read", where=str(self._current)) from error
        if not _ID.fullmatch(name):
            raise ArchiveDamaged("does not name a generation", where=str(self._current))
        return GenerationId(name)

    def make_live(self, generation: GenerationId) -> None:
        """Switch to a generation, by one atomic rename.

        Raises:
            OSError: the folder cannot be written.
        """
        write_durably(self._current, generation + "\n")

    def finished(self) -> list[GenerationId]:
        """The generations that are whole, oldest first."""
        try:
            names = [
                entry.name for entry in self.generations.iterdir() if _ID.fullmatch(entry.name)
            ]
        except FileNotFoundError:
            return []
        return [GenerationId(name) for name in sorted(names, key=_number)]

    def next_id(self, content_sha256: str) -> GenerationId:
        """The id of a new generation. Numbers and not times give the order: clocks are set back at times."""
        last = max((_number(name) for name in self.finished()), default=0)
        return GenerationId(f"{last + 1:06}-{content_sha256[:8]}")


def _number(generation: str) -> int:
    return int(generation.partition("-")[0])
