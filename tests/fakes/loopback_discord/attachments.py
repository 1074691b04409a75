"""Uploaded files, and the attachments of messages."""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from fakes.loopback_discord.api_errors import ApiError, FieldError, invalid_body
from fakes.loopback_discord.payload import Json

# docs.discord.com, Uploading files: 10 MiB unless the server is boosted.
MAX_FILE_BYTES = 10 * 1024 * 1024
# docs.discord.com, Message resource: a message holds ten files.
MAX_FILES = 10
REQUEST_TOO_LARGE = 40005
EPHEMERAL = 1 << 6


@dataclass(frozen=True, slots=True)
class Upload:
    """One part files[n] of a multipart request."""

    number: int
    filename: str
    data: bytes


def merged_attachments(
    body: Json, uploads: list[Upload], old: list[Json], new_id: Iterator[str], url: str, flags: int
) -> tuple[list[Json], dict[str, bytes]]:
    """A message's attachments after a request, and the bytes of the new ones by id."""
    entries_in_body = body.get("attachments")
    entries = {str(entry["id"]): entry for entry in entries_in_body or []}
    numbers = {str(upload.number) for upload in uploads}
    old_ids = {attachment["id"] for attachment in old}
    for index, number in enumerate(entries):
        if number not in numbers and number not in old_ids:
            raise invalid_body(
                FieldError(
                    ("attachments", index),
                    "ATTACHMENT_NOT_FOUND",
                    f"No file and no attachment has the id {number}",
                )
            )
    if any(len(upload.data) > MAX_FILE_BYTES for upload in uploads):
        raise ApiError(413, REQUEST_TOO_LARGE)
    merged = [
        attachment for attachment in old if entries_in_body is None or attachment["id"] in entries
    ]
    files: dict[str, bytes] = {}
    for upload in uploads:
        entry = entries.get(str(upload.number), {})
        # As Discord does.
        name = str(entry.get("filename") or upload.filename).replace(" ", "_")
        attachment_id = next(new_id)
        address = f"{url}/attachments/{attachment_id}/{quote(name)}"
        attachment: Json = {
            "id": attachment_id,
            "filename": name,
            "size": len(upload.data),
            "url": address,
            "proxy_url": address,
            "content_type": mimetypes.guess_type(name)[0] or "application/octet-stream",
        }
        if entry.get("description"):
            attachment["description"] = entry["description"]
        if flags & EPHEMERAL:
            attachment["ephemeral"] = True
        merged.append(attachment)
        files[attachment_id] = upload.data
    if len(merged) > MAX_FILES:
        raise invalid_body(
            FieldError(
                ("attachments",), "BASE_TYPE_BAD_LENGTH", f"Must be {MAX_FILES} or fewer in length."
            )
        )
    return merged, files


def media_item(media: Json, attachments: list[Json], media_id: str) -> Json:
    """A media item as Discord returns it: with a URL in place of an attachment reference."""
    url = media["url"]
    by_reference = {
        f"attachment://{attachment['filename']}": attachment for attachment in attachments
    }
    if attachment := by_reference.get(url):
        return {
            "id": media_id,
            "url": attachment["url"],
            "proxy_url": attachment["proxy_url"],
            "width": None,
            "height": None,
            "content_type": attachment["content_type"],
            "attachment_id": attachment["id"],
        }
    return {
        "id": media_id,
        "proxy_url": url,
        "width": None,
        "height": None,
        "content_type": None,
    } | media
