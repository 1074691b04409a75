"""Files that come with a message: what a request brings, and the attachments that a message then holds."""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from fakes.loopback_discord.refusals import Fault, Json, Refusal, invalid_body

# docs.discord.com, Uploading files: 10 MiB unless the server is boosted.
FILE_SIZE = 10 * 1024 * 1024
# docs.discord.com, Message resource: a message holds ten files.
FILES = 10
REQUEST_TOO_LARGE = 40005
EPHEMERAL = 1 << 6


@dataclass(frozen=True, slots=True)
class Upload:
    """One part files[n] of a multipart request."""

    number: int
    filename: str
    data: bytes


def attached(
    body: Json, uploads: list[Upload], old: list[Json], new_id: Iterator[str], url: str, flags: int
) -> tuple[list[Json], dict[str, bytes]]:
    """A message's attachments after a request, and the bytes of those that are new."""
    listed = body.get("attachments")
    entries = {str(entry["id"]): entry for entry in listed or []}
    numbers = {str(upload.number) for upload in uploads}
    known = {attachment["id"] for attachment in old}
    for index, number in enumerate(entries):
        if number not in numbers and number not in known:
            raise invalid_body(
                Fault(
                    ("attachments", index),
                    "ATTACHMENT_NOT_FOUND",
                    f"No file and no attachment has the id {number}",
                )
            )
    if any(len(upload.data) > FILE_SIZE for upload in uploads):
        raise Refusal(413, REQUEST_TOO_LARGE)
    kept = [attachment for attachment in old if listed is None or attachment["id"] in entries]
    files: dict[str, bytes] = {}
    for upload in uploads:
        entry = entries.get(str(upload.number), {})
        # Discord writes a blank in a file's name as an underscore.
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
        kept.append(attachment)
        files[attachment_id] = upload.data
    if len(kept) > FILES:
        raise invalid_body(
            Fault(("attachments",), "BASE_TYPE_BAD_LENGTH", f"Must be {FILES} or fewer in length.")
        )
    return kept, files


def shown(media: Json, attachments: list[Json], media_id: str) -> Json:
    """A medium as Discord gives it back: the reference to a file of the message became its url."""
    url = media["url"]
    known = {f"attachment://{attachment['filename']}": attachment for attachment in attachments}
    if attachment := known.get(url):
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
