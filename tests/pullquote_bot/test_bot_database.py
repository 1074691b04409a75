import sqlite3  # noqa: TID251 - it reads and damages the database
import stat
import threading
from pathlib import Path

import pytest

from pullquote.errors import SettingsError
from pullquote_bot.serving.bot_database import BotDatabase, Feedback, ServerSettings

SERVER = 2**62
SETTINGS = ServerSettings((1, SERVER + 1), private=True, quotes=5)


def feedback(
    message: int,
    user: int,
    *,
    helpful: bool = True,
    comment: str = "",
    at: str = "2026-01-02T12:00:00+00:00",
) -> Feedback:
    return Feedback(message, user, helpful, comment, "", "000001-0a1b2c3d", at)


def test_settings_and_feedback_are_saved_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "records.sqlite"
    database = BotDatabase(path)
    database.save_server_settings(SERVER, SETTINGS)
    database.save_feedback(feedback(1, 2, comment="“Ça”\n\0😀"))
    database.save_commands_sha256(9, "abc")
    database.close()
    reopened = BotDatabase(path)
    assert reopened.server_settings() == {SERVER: SETTINGS}
    assert reopened.all_feedback() == [feedback(1, 2, comment="“Ça”\n\0😀")]
    assert reopened.commands_sha256(9) == "abc"
    reopened.close()


def test_saved_settings_replace_earlier_ones_until_they_are_deleted(
    tmp_path: Path,
) -> None:
    database = BotDatabase(tmp_path / "records.sqlite")
    assert database.server_settings() == {}
    database.save_server_settings(1, SETTINGS)
    database.save_server_settings(1, ServerSettings(quotes=2))
    assert database.server_settings() == {1: ServerSettings(quotes=2)}
    database.delete_server_settings(1)
    assert database.server_settings() == {}
    assert database.commands_sha256(1) == ""
    database.close()


def test_a_readers_new_feedback_replaces_their_earlier_feedback(tmp_path: Path) -> None:
    database = BotDatabase(tmp_path / "records.sqlite")
    database.save_feedback(feedback(1, 2, helpful=True, at="2026-01-02T12:00:00+00:00"))
    database.save_feedback(feedback(1, 3, helpful=True, at="2026-01-02T13:00:00+00:00"))
    database.save_feedback(
        feedback(1, 2, helpful=False, comment="wrong day", at="2026-01-02T14:00:00+00:00")
    )
    assert [(saved.user, saved.helpful, saved.comment) for saved in database.all_feedback()] == [
        (3, True, ""),
        (2, False, "wrong day"),
    ]
    database.save_feedback(feedback(1, 2, helpful=False, at="2026-01-02T15:00:00+00:00"))
    assert database.all_feedback()[-1].comment == "wrong day", (
        "the same rating without a comment keeps the comment"
    )
    database.save_feedback(feedback(1, 2, helpful=True, at="2026-01-02T16:00:00+00:00"))
    assert [(saved.user, saved.helpful, saved.comment) for saved in database.all_feedback()] == [
        (3, True, ""),
        (2, True, ""),
    ]
    database.close()


def test_all_feedback_of_a_reader_can_be_deleted(tmp_path: Path) -> None:
    database = BotDatabase(tmp_path / "records.sqlite")
    for message in range(3):
        database.save_feedback(feedback(message, 7))
        database.save_feedback(feedback(message, 8))
    assert database.delete_feedback_of(7) == 3
    assert {saved.user for saved in database.all_feedback()} == {8}
    assert database.delete_feedback_of(7) == 0
    database.close()


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    database = BotDatabase(tmp_path / "records.sqlite")
    database.save_server_settings(1, SETTINGS)
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    database.close()


def one_line_of(error: pytest.ExceptionInfo[SettingsError]) -> str:
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_file_of_a_later_version_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    BotDatabase(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=2")
    connection.close()
    with pytest.raises(SettingsError) as caught:
        BotDatabase(path)
    assert "later version" in one_line_of(caught)
    assert str(path) in str(caught.value)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    connection.close()


@pytest.mark.parametrize(
    "content", [b"not a database at all, but text" * 100, b"SQLite format 3\0" + b"\xff" * 4_000]
)
def test_the_error_for_a_damaged_file_names_it_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "records.sqlite"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        BotDatabase(path)
    assert str(path) in one_line_of(caught)
    assert "discord.records" in str(caught.value)
    assert path.read_bytes() == content


def test_the_error_for_a_path_that_cannot_be_a_file_names_it_in_one_line(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "records.sqlite"):
        with pytest.raises(SettingsError) as caught:
            BotDatabase(path)
        assert str(path) in one_line_of(caught)


def test_threads_can_share_a_database(tmp_path: Path) -> None:
    database = BotDatabase(tmp_path / "records.sqlite")

    def add_twenty(user: int) -> None:
        for message in range(20):
            database.save_feedback(feedback(message, user))

    threads = [threading.Thread(target=lambda user=user: add_twenty(user)) for user in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(database.all_feedback()) == 160
    database.close()
