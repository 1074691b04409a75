"""Questions that the archive answers, for those who meet it for the first time."""

from __future__ import annotations

from pullquote.answering.example_questions import example_candidates, is_answered
from pullquote.answering.query import Query, understand
from pullquote.errors import PullquoteError
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import one_line

_WANTED = 2
_MAX_CHARACTERS = 80
"""As in a button's label."""
_PHONE_WIDTH = 38
"""Characters of a label that a phone shows; longer questions come last."""


class ExampleQuestions:
    """Chooses them by asking: each candidate waits in the queue as any question does.

    They are chosen once for each generation of an archive.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._chosen: dict[ArchiveName, tuple[GenerationId, tuple[str, ...]]] = {}

    async def chosen(self, asker: Asker, archive: ArchiveName = ONLY_ARCHIVE) -> tuple[str, ...]:
        """The questions, two at most; fewer if the archive answers no more, or has no time.

        Args:
            asker: for whom they are asked.
            archive: the archive that is asked.

        Raises:
            ArchiveError: the archive cannot be read.
            Busy: too many look-ups are waiting.
        """
        generation, candidates = await self._service.look_up(asker, archive, None, _candidates)
        known = self._chosen.get(archive)
        if known and known[0] == generation:
            return known[1]
        chosen: list[str] = []
        for text in candidates:
            if len(chosen) < _WANTED and await self._is_answered(asker, archive, text):
                chosen.append(text)
        self._chosen[archive] = (generation, tuple(chosen))
        return tuple(chosen)

    async def _is_answered(self, asker: Asker, archive: ArchiveName, text: str) -> bool:
        def work(opened: OpenArchive, query: Query) -> bool:
            return is_answered(opened.archive, query.text)

        question = QueuedQuestion(lambda _: understand(text), archive=archive)
        try:
            return await self._service.answer_queue.ask(asker, question, work)
        except (PullquoteError, Busy):
            return False


def _candidates(opened: OpenArchive) -> tuple[GenerationId, list[str]]:
    """The generation, and the candidates that a button can show and give back as they are."""
    found = example_candidates(opened.archive, _MAX_CHARACTERS)
    fitting = [text for text in found if _fits(text)]
    return opened.archive.generation, sorted(fitting, key=lambda text: len(text) > _PHONE_WIDTH)


def _fits(text: str) -> bool:
    units = len(text.encode("utf-16-le")) // 2  # as Discord counts
    return units <= _MAX_CHARACTERS and one_line(text) == " ".join(text.split()) == text
