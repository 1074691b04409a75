"""How long it takes to verify a text in a larger archive than there is.

    python benchmarks/altered_quotes.py cut --index DIR > quotes.jsonl
    python benchmarks/verify_at_scale.py quotes.jsonl --index DIR --passages 1000000 --into FOLDER

What grows with an archive when a text is verified is the search for words; what is compared then
is at most a few dozen articles. So an index of words is made for as many passages as wanted, in
the new folder FOLDER: first those of the index, then passages drawn from its sentences. A word is
in the same share of them, so that even rare words have long lists, longer than in a real archive,
which has more names. A passage that is found stands for one of the index's own, whose article is
compared. The search by meaning, for texts that are not found by their words, runs on the index's
own vectors: it takes 10 ms longer among a million (decision 11).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from percentiles import percentile
from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.english.stems import analyse
from pullquote.settings import load_settings
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.lexical_writer import LexicalRow, build_lexical
from pullquote.storage.ports import BODY_AND_TITLE
from pullquote.verification.verifying import verify


class EnlargedIndex(LexicalIndex):
    """An index of words of more passages than the archive has."""

    def __init__(self, folder: Path, real: int) -> None:
        """Open it; each passage stands for one of the first `real` ones."""
        super().__init__(folder)
        self._real = real

    def search(
        self,
        terms: Sequence[str],
        count: int,
        passage_filter: PassageFilter,
        weights: Mapping[str, float] = BODY_AND_TITLE,
    ) -> list[tuple[PassageId, float]]:
        """The passages with the highest scores, as passages of the archive."""
        found = super().search(terms, count, passage_filter, weights)
        return [(PassageId(number % self._real), score) for number, score in found]


def rows(archive: OpenIndex, passages: int) -> Iterator[LexicalRow]:
    """Yield the stems of the archive's passages, then of passages drawn from its sentences."""
    bodies: list[list[str]] = []
    titles: list[str] = []
    for number in range(archive.manifest.passages):
        passage = archive.store.passage(PassageId(number))
        article = archive.store.article(passage.article)
        bodies.append([" ".join(analyse(span.of(article.text))) for span in passage.sentences])
        titles.append(" ".join(analyse(article.title)))
        yield LexicalRow(number, " ".join(bodies[-1]), titles[-1], article.source)
    draw = random.Random(1)  # noqa: S311 - no secret
    for number in range(len(bodies), passages):
        drawn = [draw.choice(draw.choice(bodies)) for _ in bodies[number % len(bodies)]]
        yield LexicalRow(number, " ".join(drawn), titles[number % len(titles)], "")


def main() -> None:
    """Make the index of words, if it is not there, and verify the texts one after the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("quotes", type=Path, help="JSON Lines with a text each")
    parser.add_argument("--index", required=True, type=Path, help="the real index")
    parser.add_argument("--into", required=True, type=Path, help="a folder for the index of words")
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--most", type=int, default=300, help="the most texts")
    options = parser.parse_args()
    archive = OpenIndex(load_settings({"PULLQUOTE_INDEX_PATH": str(options.index)}))
    if not options.into.exists():
        options.into.mkdir(parents=True)
        began = time.process_time()
        build_lexical(options.into, rows(archive, options.passages), stems=str.split)
        print(f"made in {time.process_time() - began:.0f} s of processor time")
    lines = options.quotes.read_text(encoding="utf-8").splitlines()
    random.Random(2).shuffle(lines)  # noqa: S311
    texts = [json.loads(line)["text"] for line in lines[: options.most]]
    for passages in (archive.lexical, EnlargedIndex(options.into, archive.manifest.passages)):
        archive.lexical = passages
        for text in texts[:10]:
            verify(archive, text)
        times: list[float] = []
        for text in texts:
            began = time.process_time()
            verify(archive, text)
            times.append(1000 * (time.process_time() - began))
        median, most = (percentile(times, share) for share in (0.5, 0.95))
        print(
            f"{len(passages):,} passages, {len(texts)} texts, processor time: "
            f"median {median:.1f} ms, 95th percentile {most:.1f} ms"
        )


if __name__ == "__main__":
    main()
