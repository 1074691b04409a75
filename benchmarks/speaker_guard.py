"""Asks what somebody said on invented articles where another said it, and counts whose words show.

    python benchmarks/speaker_guard.py [FOLDER]

Forty pairs of speakers are made; each pair is in an article in which both are quoted, one on a
subject, the other on another one. Of each pair two questions are asked: what the one said of their
own subject, and what the other said of it, who said nothing about it. It prints how many questions
show another's words, how many of the first kind are answered with the speaker's own, and how many
of the second are refused. FOLDER gets the articles and the index; without it a temporary folder is
used.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import sys
import tempfile
from pathlib import Path

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.settings import load_settings
from pullquote_index.build import build
from pullquote_index.progress import SilentProgress

_FIRST = (
    "Ingrid Sven Karin Olaf Maria Tomas Elena Pavel Astrid Henrik Lucia Marco Nadia Viktor Agnes "
    "Bruno Celia Dario Edith Felix Greta Hugo Irene Jonas Klara Leon Mira Nils Olga Piotr Rosa "
    "Stefan Tilda Ulrik Vera Walter Yara Zoltan Anton Birgit"
).split()
_LAST = (
    "Dahl Holm Berg Lind Varga Novak Costa Moreau Keller Brandt Rossi Silva Petrov Jensen Kovac "
    "Weiss Larsen Fischer Romano Duarte Horvat Nyberg Sorensen Bianchi Kraus Meyer Lopes Ferrer "
    "Ivanov Schmidt Olsen Hansen Popov Marino Sato Tanaka Okafor Mensah Haddad Nasser"
).split()
_ROLES = ("mayor", "harbour master", "school director", "union leader")
_SUBJECTS = (
    ("the new pier", "“The pier will ruin the fishing grounds of {town},” {cue}."),
    ("the tram line", "{name} told reporters that the tram line was ten years late."),
    ("the water tax", "According to {name}, the water tax hits the poorest families of {town}."),
    ("the school closure", "“Closing the school is a mistake that {town} will regret,” {cue}."),
    ("the wind park", "{name} warned that the wind park would drive the storks away."),
    ("the night market", "“The night market brings noise and rats,” {cue}."),
    ("the stadium", "{name} called the stadium “a gift to one rich man.”"),
    ("the flood wall", "{name} promised that the flood wall would stand before winter."),
)
_CUES = ("{name} said", "said {name}", "{name} told the council")


def main() -> None:
    """Build, ask, and print."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else temporary)
        (folder / "articles").mkdir(parents=True, exist_ok=True)
        pairs = list(write_articles(folder / "articles" / "town.jsonl"))
        settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(folder / "built")})
        build(
            settings,
            [folder / "articles"],
            strict=True,
            progress=SilentProgress(),
            now=lambda: dt.datetime.now(dt.UTC),
        )
        ask_all(OpenIndex(settings), pairs)


def write_articles(path: Path) -> list[tuple[str, str, str]]:
    """Write an article for each pair of speakers.

    Returns:
        Of each pair: who spoke of a subject, who did not, and the subject.
    """
    pairs, lines = [], []
    names = [f"{first} {last}" for first, last in zip(_FIRST, _LAST, strict=True)]
    for number, name in enumerate(names):
        other = names[(number + 7) % len(names)]
        town = f"{_LAST[(number * 3) % len(_LAST)]}stad"
        subject, sentence = _SUBJECTS[number % len(_SUBJECTS)]
        beside, other_sentence = _SUBJECTS[(number + 3) % len(_SUBJECTS)]
        cue = _CUES[number % len(_CUES)]
        role, other_role = _ROLES[number % 4], _ROLES[(number + 1) % 4]
        said = sentence.format(name=name, town=town, cue=cue.format(name=name))
        other_said = other_sentence.format(name=other, town=town, cue=cue.format(name=other))
        text = (
            f"The council of {town} met on Monday to speak of {subject} and {beside}.\n\n"
            f"{name}, the {role} of {town}, and {other}, its {other_role}, were both there.\n\n"
            f"{said}\n\n{other_said}\n\nThe council of {town} will vote in May."
        )
        record = {"id": f"a{number}", "title": f"{town} speaks of {subject}", "text": text}
        lines.append(json.dumps({**record, "published": f"2024-03-{number % 28 + 1:02}"}))
        pairs.append((name, other, f"{subject} in {town}"))
    path.write_text("\n".join(lines), encoding="utf-8")
    return pairs


def ask_all(index: OpenIndex, pairs: list[tuple[str, str, str]]) -> None:
    """Ask both questions of each pair, and print what was shown."""
    another = own = refused = 0
    for (speaker, silent, subject), is_own in itertools.product(pairs, (True, False)):
        who = speaker if is_own else silent
        found = answer(index, understand(f"What did {who} say about {subject}?"))
        last = who.rsplit(maxsplit=1)[-1]
        wrong = [
            quote for quote in found.quotes if quote.speaker_name and last not in quote.speaker_name
        ]
        if wrong:
            another += 1
            print(f"{who} on {subject}: {wrong[0].text!r} is {wrong[0].speaker_name}'s")
        own += is_own and any(last in quote.speaker_name for quote in found.quotes)
        refused += not is_own and not found.quotes
    print(f"{2 * len(pairs)} questions: {another} show another's words")
    print(f"{own} of {len(pairs)} are answered with the speaker's own words")
    print(f"{refused} of {len(pairs)} to which they said nothing are refused")


if __name__ == "__main__":
    main()
