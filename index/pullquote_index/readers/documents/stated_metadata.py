"""Which of the properties that an office program writes into a document are meant by its author."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pullquote_index.readers.documents.document import encodable

_FILE_NAME = re.compile(
    r"\.(?:docx?|dotx?|odt|rtf|pdf|indd|qxd|qxp|pptx?|xlsx?|pages|tex|dvi|html?|txt|ai|psd|pub)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b|untitled|unbenannt|sans titre|document\s*\d*$|"
    r"slide \d|powerpoint presentation|print|layout \d|page \d|title$|word document|no title|"
    r"https?:)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:user|owner|admin|administrator|unknown|author|microsoft.*|office|default|test|pc|"
    r"guest|student|staff|home|anonymous|root|windows user|python-docx)\W*\d*",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*(?:;|,| and | & )\s*")
_MAX_TITLE_CHARACTERS = 250


def sane_title(stated: str) -> str:
    """A title of at least two words that is not a file's name; else an empty string."""
    title = " ".join(encodable(stated).split())
    is_sane = len(title.split()) > 1 and len(title) <= _MAX_TITLE_CHARACTERS
    is_placeholder = _NO_TITLE.match(title) or _FILE_NAME.search(title)
    return title if is_sane and not is_placeholder else ""


def sane_authors(stated: str) -> list[str]:
    """The names of people or offices, without logins and names of programs."""
    return list(_names(_BETWEEN_NAMES.split(" ".join(encodable(stated).split()))))


def _names(parts: Iterable[str]) -> Iterable[str]:
    for part in parts:
        is_wordy = " " in part and not any(letter in part for letter in "@\\/_<>")
        if is_wordy and not _NO_AUTHOR.fullmatch(part):
            yield part
