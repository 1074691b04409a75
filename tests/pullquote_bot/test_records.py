import sqlite3  # noqa: TID251 - FTS5 is a candidate here
import stat
import threading
from pathlib import Path

import pytest

from pullquote.errors import SettingsError
from pullquote_bot.serving.bot_database import BotDatabase, Feedback, ServerSettings

SERVER = 2**62
OURS = ServerSettings((1, SERVER + 1), private=True, quotes=5)


def feedback(
    message: int,
    user: int,
    *,
    helpful: bool = True,
    comment: str = "",
    at: str = "2026-01-02T12:00:00+00:00",
) -> Feedback:
    return Feedback(message, user, helpful, comment, "", "000001-0a1b2c3d", at)


def test_settings_and_feedback_outlive_the_program(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "records.sqlite"
    records = BotDatabase(path)
    records.set_server(SERVER, OURS)
    records.add_feedback(feedback(1, 2, comment="“Ça”\n\0😀"))
    records.set_synchronised(9, "abc")
    records.close()
    again = BotDatabase(path)
    assert again.servers() == {SERVER: OURS}
    assert again.feedback() == [feedback(1, 2, comment="“Ça”\n\0😀")]
    assert again.synchronised(9) == "abc"
    again.close()


def test_settings_that_are_changed_take_the_place_of_those_before_until_they_are_forgotten(
    tmp_path: Path,
) -> None:
    records = BotDatabase(tmp_path / "records.sqlite")
    assert records.servers() == {}
    records.set_server(1, OURS)
    records.set_server(1, ServerSettings(quotes=2))
    assert records.servers() == {1: ServerSettings(quotes=2)}
    records.forget_server(1)
    assert records.servers() == {}
    assert records.synchronised(1) == ""
    records.close()


def test_what_a_reader_thinks_now_takes_the_place_of_what_they_thought(tmp_path: Path) -> None:
    records = BotDatabase(tmp_path / "records.sqlite")
    records.add_feedback(feedback(1, 2, helpful=True, at="2026-01-02T12:00:00+00:00"))
    records.add_feedback(feedback(1, 3, helpful=True, at="2026-01-02T13:00:00+00:00"))
    records.add_feedback(
        feedback(1, 2, helpful=False, comment="wrong day", at="2026-01-02T14:00:00+00:00")
    )
    assert [(kept.user, kept.helpful, kept.comment) for kept in records.feedback()] == [
        (3, True, ""),
        (2, False, "wrong day"),
    ]
    records.add_feedback(feedback(1, 2, helpful=False, at="2026-01-02T15:00:00+00:00"))
    assert records.feedback()[-1].comment == "wrong day", (
        "who presses again and writes nothing takes nothing back"
    )
    records.add_feedback(feedback(1, 2, helpful=True, at="2026-01-02T16:00:00+00:00"))
    assert [(kept.user, kept.helpful, kept.comment) for kept in records.feedback()] == [
        (3, True, ""),
        (2, True, ""),
    ]
    records.close()


def test_a_reader_can_have_all_of_theirs_deleted(tmp_path: Path) -> None:
    records = BotDatabase(tmp_path / "records.sqlite")
    for message in range(3):
        records.add_feedback(feedback(message, 7))
        records.add_feedback(feedback(message, 8))
    assert records.forget_user(7) == 3
    assert {kept.user for kept in records.feedback()} == {8}
    assert records.forget_user(7) == 0
    records.close()


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    records = BotDatabase(tmp_path / "records.sqlite")
    records.set_server(1, OURS)
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    records.close()


def one_line_of(error: pytest.ExceptionInfo[SettingsError]) -> str:
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_file_of_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
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
def test_a_damaged_file_is_named_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "records.sqlite"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        BotDatabase(path)
    assert str(path) in one_line_of(caught)
    assert "discord.records" in str(caught.value)
    assert path.read_bytes() == content


def test_a_folder_in_its_place_and_a_file_for_a_folder_are_named_in_one_line(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "records.sqlite"):
        with pytest.raises(SettingsError) as caught:
            BotDatabase(path)
        assert str(path) in one_line_of(caught)


def test_threads_share_it(tmp_path: Path) -> None:
    records = BotDatabase(tmp_path / "records.sqlite")

    def add_twenty(user: int) -> None:
        for at in range(20):
            records.add_feedback(feedback(at, user))

    threads = [threading.Thread(target=lambda user=user: add_twenty(user)) for user in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(records.feedback()) == 160
    records.close()
