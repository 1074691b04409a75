import io
from pathlib import Path

import pytest

from pullquote_bot.cli import run
from pullquote_bot.serving.bot_database import BotDatabase
from pullquote_bot.serving.feedback import Feedback
from pullquote_bot.serving.rated_questions import rated_questions
from pullquote_bot.terminal.streams import Streams

QUOTES = (("a", 0, 9), ("b", 3, 5), ("a", 20, 30))


def rating(message: int, user: int, *, helpful: bool, question: str = "Who?") -> Feedback:
    return Feedback(
        message, user, helpful, "", question, "g", "2026-01-02T12:00:00+00:00", 7, 8, QUOTES
    )


@pytest.mark.parametrize(
    ("helpful", "evidence"),
    [
        ([True], [[0, 9], [20, 30]]),
        ([True, False, True], [[0, 9], [20, 30]]),
        ([False], None),
        ([True, False], None),
    ],
)
def test_quotes_are_the_evidence_where_most_found_them_helpful(
    helpful: list[bool], evidence: list[list[int]] | None
) -> None:
    ratings = [rating(1, user, helpful=each) for user, each in enumerate(helpful)]
    (question,) = rated_questions([*ratings, rating(2, 9, helpful=True, question="")])
    fields = question.fields
    assert (fields.get("evidence"), fields["helpful"]) == (evidence, sum(helpful))
    assert fields.get("gold_articles") == (["a", "b"] if evidence else None), "those of all quotes"
    assert fields.get("further_evidence") == ({"b": [[3, 5]]} if evidence else None)
    assert fields["answer"] == "https://discord.com/channels/7/8/1"


def feedback_command(records: Path) -> tuple[int, str, str]:
    output, errors = io.StringIO(), io.StringIO()
    streams = Streams(io.StringIO(), output, errors)
    status = run(["feedback"], streams, {"PULLQUOTE_DISCORD_RECORDS": str(records)})
    return status, output.getvalue(), errors.getvalue()


def test_feedback_says_what_is_missing_and_makes_no_records(tmp_path: Path) -> None:
    records = tmp_path / "records.sqlite"
    status, _, error = feedback_command(records)
    assert (status, "there are no records of a bot" in error) == (2, True)
    assert not records.exists()
    database = BotDatabase(records)
    database.save_feedback(rating(1, 2, helpful=True, question=""))
    database.close()
    status, output, summary = feedback_command(records)
    assert (status, output) == (1, "")
    assert summary.startswith("0 questions of 1 rating. 1 rating left out: the words of")
    assert "discord.keep_questions = true" in summary
