import sqlite3  # noqa: TID251 - it reads and damages the database
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.errors import SettingsError
from pullquote.settings_archives import ArchiveName
from pullquote_bot.serving.bot_database import BotDatabase
from pullquote_bot.serving.feedback import Feedback
from pullquote_bot.serving.server_settings import ServerSettings

SERVER = 2**62
SETTINGS = ServerSettings((1, SERVER + 1), private=True, quotes=5, always_private=True)


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
    database.delete_server(1)
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


FIRST_VERSION = """
CREATE TABLE servers (
    server INTEGER PRIMARY KEY, channels TEXT NOT NULL, private INTEGER NOT NULL, quotes INTEGER
);
CREATE TABLE feedback (
    message INTEGER, user INTEGER, helpful INTEGER NOT NULL, comment TEXT NOT NULL,
    question TEXT NOT NULL, generation TEXT NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (message, user)
) WITHOUT ROWID;
CREATE TABLE commands (application INTEGER PRIMARY KEY, sha256 TEXT NOT NULL);
INSERT INTO servers VALUES (7, '[1]', 1, 5);
INSERT INTO feedback VALUES (1, 2, 1, 'good', '', '000001-0a1b2c3d', '2026-01-02T12:00:00+00:00');
PRAGMA user_version=1;
"""


def test_a_file_of_the_first_version_keeps_its_settings_and_feedback(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(FIRST_VERSION)
    connection.close()
    later = Feedback(
        3, 2, True, "", "", "g", "2026-01-03", server=7, channel=8, quotes=(("a", 0, 9),)
    )
    for _ in range(2):
        database = BotDatabase(path)
        assert database.server_settings() == {7: ServerSettings((1,), private=True, quotes=5)}
        database.save_feedback(later)
        assert database.all_feedback() == [feedback(1, 2, comment="good"), later]
        assert database.all_feedback(server=7) == [later]
        database.close()


SECOND_VERSION = """
CREATE TABLE servers (
    server INTEGER PRIMARY KEY, channels TEXT NOT NULL, private INTEGER NOT NULL, quotes INTEGER
);
CREATE TABLE feedback (
    message INTEGER, user INTEGER, helpful INTEGER NOT NULL, comment TEXT NOT NULL,
    question TEXT NOT NULL, generation TEXT NOT NULL,
    at TEXT NOT NULL, server INTEGER NOT NULL DEFAULT 0, channel INTEGER NOT NULL DEFAULT 0,
    quotes TEXT NOT NULL DEFAULT '', PRIMARY KEY (message, user)
) WITHOUT ROWID;
CREATE TABLE commands (application INTEGER PRIMARY KEY, sha256 TEXT NOT NULL);
INSERT INTO servers VALUES (7, '[1]', 2, NULL);
INSERT INTO feedback VALUES (1, 2, 1, 'good', '', 'g', '2026-01-02', 7, 8, '[["a", 0, 9]]');
PRAGMA user_version=2;
"""


def test_a_file_of_the_second_version_gets_room_for_archives(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(SECOND_VERSION)
    connection.close()
    before = ServerSettings((1,), private=True, always_private=True)
    town, library = ArchiveName("town"), ArchiveName("library")
    now = replace(before, archive=town, channel_archives=((20, library), (21, town)))
    rated = Feedback(1, 2, True, "good", "", "g", "2026-01-02", 7, 8, (("a", 0, 9),))
    of_library = replace(rated, user=3, archive="library")
    database = BotDatabase(path)
    assert database.server_settings() == {7: before}
    assert database.all_feedback() == [rated]
    assert database.archives_of_people() == {}
    database.save_server_settings(7, now)
    database.save_feedback(of_library)
    database.save_archive_of(5, town)
    database.save_archive_of(6, town)
    database.save_archive_of(5, library)
    database.delete_archive_of(6)
    database.close()
    database = BotDatabase(path)
    assert database.server_settings() == {7: now}
    assert sorted(database.all_feedback(), key=lambda each: each.user) == [rated, of_library]
    assert database.archives_of_people() == {5: library}
    database.close()


def test_a_file_of_a_later_version_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    BotDatabase(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(SettingsError) as caught:
        BotDatabase(path)
    assert "later version" in one_line_of(caught)
    assert str(path) in str(caught.value)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (99,)
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

    def add_five(user: int) -> None:
        for message in range(5):
            database.save_feedback(feedback(message, user))

    threads = [threading.Thread(target=lambda user=user: add_five(user)) for user in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(database.all_feedback()) == 40
    database.close()


def test_a_deleted_or_replaced_file_is_noticed_and_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    database = BotDatabase(path)
    database.save_server_settings(1, SETTINGS)
    assert not database.reopen_if_replaced()
    assert list(tmp_path.iterdir()) == [path], "no shared memory, whose end would end the process"
    path.unlink()
    assert database.reopen_if_replaced()
    assert not database.reopen_if_replaced()
    database.save_server_settings(2, ServerSettings())
    other = BotDatabase(tmp_path / "other.sqlite")
    other.save_server_settings(3, SETTINGS)
    other.close()
    (tmp_path / "other.sqlite").rename(path)
    assert database.reopen_if_replaced()
    assert database.server_settings() == {3: SETTINGS}
    database.close()


def test_an_overwritten_file_is_an_error_until_it_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    database = BotDatabase(path)
    path.write_bytes(b"no database " * 1000)
    for _ in range(2):
        with pytest.raises(SettingsError, match="the bot's records cannot be used"):
            database.reopen_if_replaced()
    with pytest.raises(SettingsError, match="the bot's records cannot be used"):
        database.save_server_settings(1, SETTINGS)
    path.unlink()
    assert database.reopen_if_replaced()
    database.save_server_settings(1, SETTINGS)
    database.close()


@pytest.mark.parametrize(
    ("channels", "quotes"), [("5", None), ("{", None), ('["x", null]', None), ("[]", "8"), (7, 3)]
)
def test_values_that_are_no_settings_are_an_error_in_one_line(
    tmp_path: Path, channels: object, quotes: object
) -> None:
    path = tmp_path / "records.sqlite"
    BotDatabase(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE servers")
        connection.execute("CREATE TABLE servers (server, channels, private, quotes)")
        connection.execute("INSERT INTO servers VALUES (1, ?, 0, ?)", (channels, quotes))
    database = BotDatabase(path)
    with pytest.raises(SettingsError) as error:
        database.server_settings()
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    database.close()


def test_a_file_with_a_view_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE VIEW servers AS WITH RECURSIVE r(x) AS "
            "(VALUES(1) UNION ALL SELECT x + 1 FROM r) SELECT x AS server FROM r"
        )
    with pytest.raises(SettingsError, match="views or triggers"):
        BotDatabase(path)


def test_processes_can_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    databases = [BotDatabase(path) for _ in range(4)]

    def write(number: int) -> None:
        for message in range(20):
            databases[number].save_feedback(feedback(message, number))
        databases[number].save_server_settings(number, SETTINGS)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    for database in databases:
        assert len(database.all_feedback()) == 80
        assert set(database.server_settings()) == set(range(4))
        database.close()


def test_two_processes_may_upgrade_a_file_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "records.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(FIRST_VERSION)
    connection.close()
    looked = threading.Barrier(2)
    look = BotDatabase._checked_version

    def look_together(database: BotDatabase) -> int:
        version = look(database)
        if version == 1:
            looked.wait(10)
        return version

    monkeypatch.setattr(BotDatabase, "_checked_version", look_together)
    opened: list[BotDatabase] = []
    openers = [threading.Thread(target=lambda: opened.append(BotDatabase(path))) for _ in range(2)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    assert len(opened) == 2
    for database in opened:
        assert database.all_feedback() == [feedback(1, 2, comment="good")]
        database.close()
