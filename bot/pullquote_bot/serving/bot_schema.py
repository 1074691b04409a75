"""The schema of the bot's database, and how a file of an earlier version gets it."""

VERSION = 3
"""The version of the schema, kept as SQLite's `user_version`."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS servers (
    server INTEGER PRIMARY KEY, channels TEXT NOT NULL, private INTEGER NOT NULL, quotes INTEGER,
    archive TEXT NOT NULL DEFAULT '', channel_archives TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE IF NOT EXISTS feedback (
    message INTEGER, user INTEGER, helpful INTEGER NOT NULL, comment TEXT NOT NULL,
    question TEXT NOT NULL, generation TEXT NOT NULL,
    at TEXT NOT NULL, server INTEGER NOT NULL DEFAULT 0, channel INTEGER NOT NULL DEFAULT 0,
    quotes TEXT NOT NULL DEFAULT '', archive TEXT NOT NULL DEFAULT '', PRIMARY KEY (message, user)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS people (user INTEGER PRIMARY KEY, archive TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS commands (application INTEGER PRIMARY KEY, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS welcomes (server INTEGER PRIMARY KEY);
"""
UPGRADES = {
    1: """
ALTER TABLE feedback ADD COLUMN server INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feedback ADD COLUMN channel INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feedback ADD COLUMN quotes TEXT NOT NULL DEFAULT '';
""",
    2: """
ALTER TABLE feedback ADD COLUMN archive TEXT NOT NULL DEFAULT '';
ALTER TABLE servers ADD COLUMN archive TEXT NOT NULL DEFAULT '';
ALTER TABLE servers ADD COLUMN channel_archives TEXT NOT NULL DEFAULT '[]';
""",
}
"""What makes a file of a version one of the next version."""
