"""PostgreSQL's errors as ours: what is wrong, where, and which command is next."""

from __future__ import annotations

import re

from pullquote.errors import ArchiveDamaged, ArchiveError, ArchiveMismatch, ArchiveNotWritten

_MOST_CHARACTERS = 300
"""Of the server's own words in an error."""
_PASSWORDS = (
    (re.compile(r"(password\s*=\s*)(?:'[^']*'|[^\s&]+)", re.IGNORECASE), r"\1…"),
    (re.compile(r"(://[^/\s:@]*):[^/\s@]*@"), r"\1@"),
)
"""Where a password may stand, and what is shown in its place."""
_PASSES = ("08", "57P", "40001", "40P01", "55P03")
"""How the codes of errors begin that another try may not meet: a lost connection, a server that
ends or begins, a query on a standby that holds up what the primary has changed, a lock."""
_REFUSED = ("password", "authentication", "pg_hba.conf", "permission denied")
"""Words of libpq's errors while connecting, when it gives no code."""
_START = "Start the server, or correct the address in index.store or --store"
_UPGRADE = "Install the version of Pullquote that wrote it, or publish it anew: pullquote index"


def missing_extra() -> ArchiveError:
    """The error if psycopg is not installed."""
    return ArchiveError(
        "an index in PostgreSQL needs the extra `postgres`",
        where="index.store",
        mend="Install it with: pip install 'pullquote[postgres]'",
    )


def shown(address: str) -> str:
    """An address for people, without a password."""
    for pattern, replacement in _PASSWORDS:
        address = pattern.sub(replacement, address)
    return address


def code_of(error: Exception) -> str:
    """The five characters that say what is wrong; empty if the server said nothing."""
    return str(getattr(error, "sqlstate", "") or "")


def may_pass(error: Exception) -> bool:
    """Whether another try, on another connection, may end better."""
    code = code_of(error)
    kinds = {kind.__name__ for kind in type(error).__mro__}  # a timeout has a kind of its own
    return (not code and "OperationalError" in kinds) or code.startswith(_PASSES)


def all_in_use(address: str, connections: int, seconds: float) -> ArchiveError:
    """The error if no connection becomes free."""
    return ArchiveError(
        f"all {connections} connections are in use, and none became free for {seconds:.0f} seconds",
        where=shown(address),
        mend="Ask again; if it happens often, see whether the server is overloaded",
    )


# Longer than 40 lines because each kind of error has words of its own.
def error_of(  # noqa: PLR0911 - one return for each
    error: Exception, address: str, *, writing: bool = False
) -> ArchiveError:
    """An error of psycopg's, or of the server, as ours.

    Args:
        error: the error.
        address: the address of the store.
        writing: whether something was written.
    """
    where, words = shown(address), _words_of(error)
    code = code_of(error)
    if code == "57014":
        return ArchiveError(
            f"the query took too long ({words})",
            where=where,
            mend="Ask again; if it happens often, see whether the server is overloaded",
        )
    if "does not exist" in words and not code:  # while connecting, libpq gives no code
        mend = "Create it (docs/scale.md), or correct the address in index.store or --store"
        return ArchiveError(f"the server refuses ({words})", where=where, mend=mend)
    is_refused = not code and any(part in words for part in _REFUSED)
    if is_refused or code in {"42501", "28000", "28P01"}:
        mend = (
            "Grant it USAGE on the schema pullquote and SELECT on its tables (docs/scale.md)"
            if code == "42501"
            else "Set the password in PGPASSWORD or a passfile, or correct the user in the address"
        )
        return ArchiveError(f"the server refuses this role ({words})", where=where, mend=mend)
    if code in {"42P01", "3F000", "42703"}:
        return ArchiveMismatch(
            f"the database has no index of this version ({words})", where=where, mend=_UPGRADE
        )
    if code in {"53100", "53200", "53400", "54000"}:
        return ArchiveNotWritten(
            f"the server has too little memory or disk space ({words})",
            where=where,
            mend="Free some, or lower maintenance_work_mem, and type the command again",
        )
    if code == "53300":
        return ArchiveError(
            f"the server takes no more connections ({words})",
            where=where,
            mend="Raise its max_connections, or end other programs that use it",
        )
    if code == "25006" or "session is read-only" in words:
        return ArchiveNotWritten(
            "none of the hosts takes writes",
            where=where,
            mend="Promote a standby or start the primary, and type the command again",
        )
    if may_pass(error):
        return ArchiveError(f"the database cannot be reached ({words})", where=where, mend=_START)
    if writing:
        return ArchiveNotWritten(
            f"the database cannot be written ({words})",
            where=where,
            mend="Correct that, and type the command again. The live index is unchanged",
        )
    return ArchiveDamaged(f"the database cannot be read ({words})", where=where)


def _words_of(error: Exception) -> str:
    """What the server said, in one line, without a password."""
    line = " ".join(str(error).split())
    return shown(line)[:_MOST_CHARACTERS] or type(error).__name__
