"""Builds an index from Python, in one call."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path

from pullquote.settings import load_settings
from pullquote_index.build import build
from pullquote_index.build_report import BuildReport
from pullquote_index.progress import Progress, SilentProgress


# Longer than 40 lines because each argument and each error is described.
def build_index(
    articles: str | Path | Iterable[str | Path],
    *,
    index: str | Path,
    config: str | Path | None = None,
    strict: bool = False,
    full: bool = False,
    progress: Progress | None = None,
    workers: int | str = 0,
) -> BuildReport:
    """Build an index, or refresh it: only what has changed is read and embedded.

    Args:
        articles: a file or folder, or several.
        index: the folder of the index; created if it does not exist. The live index in it answers
            until the new one is complete, and stays if the build fails.
        config: a settings file. Without one, PULLQUOTE_CONFIG and the other PULLQUOTE_ variables
            apply, as on the command line.
        strict: stop at the first article that cannot be read.
        full: reuse nothing from earlier builds.
        progress: receives the progress; None to ignore it.
        workers: the number of worker processes, or the address of a Dask scheduler whose workers
            embed, such as "tcp://10.0.0.5:8786"; 0 to embed in threads of this process.

    Raises:
        SettingsError: the settings file or a variable is wrong.
        RequestError: a path does not exist, or contains no articles.
        ArticleError: an article cannot be read, and `strict` is set.
        ArchiveBusy: another process is building this index.
        ArchiveNotWritten: the index's folder cannot be written, or is full.
        ArchiveDamaged: the new generation cannot be used.
        EncoderError: the embedding model is missing, or cannot be exported.
        WorkersError: the workers cannot be reached, are not fit for it, or have ended.
    """
    settings = load_settings(os.environ, Path(config) if config else None).with_index(Path(index))
    paths = [articles] if isinstance(articles, str | Path) else list(articles)
    return build(
        settings,
        [Path(path) for path in paths],
        strict=strict,
        progress=progress or SilentProgress(),
        now=lambda: dt.datetime.now(dt.UTC),
        full=full,
        workers=workers,
    )
