"""Errors that several kinds of limits share."""

from collections.abc import Iterator

from fakes.loopback_discord.api_errors import FieldError
from fakes.loopback_discord.component_tree import Path


def too_long(path: Path, limit: int) -> FieldError:
    """The error for a text or list above its limit."""
    return FieldError(path, "BASE_TYPE_BAD_LENGTH", f"Must be {limit} or fewer in length.")


def reference_errors(
    path: Path, url: str, filenames: frozenset[str], *, must_refer: bool
) -> Iterator[FieldError]:
    """Errors of a media URL.

    Args:
        path: of the URL.
        url: an address, or a reference to a file of the message.
        filenames: of the message.
        must_refer: whether only a reference is allowed.
    """
    reference = url.startswith("attachment://")
    if reference and url.removeprefix("attachment://") not in filenames:
        yield FieldError(
            path,
            "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
            f"The referenced attachment {url!r} was not found",
        )
    elif must_refer and not reference:
        yield FieldError(
            path,
            "UNFURLED_MEDIA_ITEM_ATTACHMENT_REQUIRED",
            "A file component takes an attachment:// reference only",
        )
    elif not reference and not url.startswith(("http://", "https://")):
        yield FieldError(
            path, "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'attachment')"
        )
