"""What somebody typed as text that can be searched for, stored and written."""

from __future__ import annotations

import re

from pullquote.errors import RequestError

_HALF_PAIR = re.compile("[\ud800-\udfff]")


def is_unicode(text: str) -> bool:
    """Whether a text has a form in UTF-8; a byte of a terminal that is none is half of a pair."""
    return _HALF_PAIR.search(text) is None


def check_unicode(text: str, kind: str) -> None:
    """See that a text has a form in UTF-8.

    Args:
        text: as typed.
        kind: what it is, for the error.

    Raises:
        RequestError: it has none.
    """
    if not is_unicode(text):
        raise RequestError(f"the {kind} is not valid UTF-8", mend="Type it again")
