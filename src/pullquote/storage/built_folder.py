"""The folder of a built index: its layout, and which generation is live.

built/
  current               the id of the live generation
  encoders/<hash>/      exported encoders
  rerankers/<hash>/     exported rerankers, unless the settings name the packaged one
  generations/<id>/     one generation; its files never change
    manifest.json  archive.sqlite  passages.faiss  sentences.npy  lexical/
  lock                  the process that is building, and since when
  calibration.json      the calibration that `pullquote calibrate` stored
  withdrawn.jsonl       the log of withdrawn articles, which applies to every generation
  partial/              vectors of a build that is running or was interrupted
"""

from __future__ import annotations

import re
from pathlib import Path

from pullquote.errors import ArchiveDamaged, ArchiveMissing
from pullquote.models.cards import EncoderCard
from pullquote.plain_files import read_plain
from pullquote.storage.durable_files import write_durably
from pullquote.storage.manifest import GenerationId

CURRENT_FILE = "current"
CALIBRATION_FILE = "calibration.json"
_ID = re.compile(r"[0-9]{6,18}-[0-9a-f]{8}")
_MAX_CURRENT = 4096
"""Bytes. The name of a generation is far shorter."""


class BuiltFolder:
    """Paths in the folder of a built index, and the id of its live generation.

    Attributes:
        path: the folder itself.
        encoders, rerankers: the folders of exported models.
        generations: the folder of generations.
        partial: the folder of a running or interrupted build.
        least_number: the next generation has a larger one: a database has others, too.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoders = path / "encoders"
        self.rerankers = path / "rerankers"
        self.generations = path / "generations"
        self.partial = path / "partial"
        self._current = path / CURRENT_FILE
        self.least_number = 0

    def folder_of(self, generation: GenerationId) -> Path:
        """The folder of a generation."""
        return self.generations / generation

    def encoder_folder(self, card: EncoderCard) -> Path:
        """The folder of an exported encoder."""
        return self.encoders / card.hash

    def live(self) -> GenerationId:
        """The id of the live generation.

        Raises:
            ArchiveMissing: there is none.
            ArchiveDamaged: the file that names it holds no generation's id.
        """
        try:
            name = read_plain(self._current, _MAX_CURRENT).decode().strip()
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

    def calibration(self) -> bytes | None:
        """The stored calibration; None without one.

        Raises:
            OSError: it cannot be read.
        """
        try:
            return read_plain(self.path / CALIBRATION_FILE)
        except FileNotFoundError:
            return None

    def write_calibration(self, text: str) -> Path:
        """Store a calibration, with one atomic rename. Returns the file.

        Raises:
            OSError: the folder cannot be written.
        """
        path = self.path / CALIBRATION_FILE
        write_durably(path, text)
        return path

    @property
    def calibration_place(self) -> str:
        """The file of the calibration."""
        return str(self.path / CALIBRATION_FILE)

    def finished(self) -> list[GenerationId]:
        """The complete generations, oldest first."""
        try:
            names = [
                entry.name for entry in self.generations.iterdir() if _ID.fullmatch(entry.name)
            ]
        except FileNotFoundError:
            return []
        return [GenerationId(name) for name in sorted(names, key=_number)]

    def next_id(self, content_sha256: str) -> GenerationId:
        """The id of the next generation.

        Generations are ordered by number and not by time, because clocks are sometimes set back.

        Args:
            content_sha256: a hash of its articles; the id ends with its first 8 digits.
        """
        last = max((_number(name) for name in self.finished()), default=0)
        last = max(last, self.least_number)
        return GenerationId(f"{last + 1:06}-{content_sha256[:8]}")


def _number(generation: str) -> int:
    return int(generation.partition("-")[0])
