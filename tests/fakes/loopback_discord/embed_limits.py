"""Discord's limits of embeds, which its description of the API does not state."""

from collections.abc import Iterator

from fakes.loopback_discord.api_errors import FieldError
from fakes.loopback_discord.component_tree import Path
from fakes.loopback_discord.field_errors import reference_errors, too_long
from fakes.loopback_discord.payload import Json

# docs.discord.com, Message resource, "Embed Limits"; the total is over all embeds of a message.
EMBEDS_TOTAL = 6000
EMBED_FIELDS = 25
EMBED_TEXTS = {"title": 256, "description": 4096}
FIELD_TEXTS = {"name": 256, "value": 1024}
FOOTER_TEXT, AUTHOR_NAME = 2048, 256


def embed_errors(embeds: list[Json], filenames: frozenset[str]) -> Iterator[FieldError]:
    """Errors of a message's embeds, given the names of its files."""
    total = 0
    for index, embed in enumerate(embeds):
        texts: list[tuple[Path, str | None, int]] = [
            (("embeds", index, key), embed.get(key), limit) for key, limit in EMBED_TEXTS.items()
        ]
        texts.append(
            (
                ("embeds", index, "footer", "text"),
                (embed.get("footer") or {}).get("text"),
                FOOTER_TEXT,
            )
        )
        texts.append(
            (
                ("embeds", index, "author", "name"),
                (embed.get("author") or {}).get("name"),
                AUTHOR_NAME,
            )
        )
        fields = embed.get("fields") or []
        if len(fields) > EMBED_FIELDS:
            yield too_long(("embeds", index, "fields"), EMBED_FIELDS)
        for place, field in enumerate(fields):
            texts += [
                (("embeds", index, "fields", place, key), field.get(key), limit)
                for key, limit in FIELD_TEXTS.items()
            ]
        for path, text, limit in texts:
            total += len(text or "")
            if len(text or "") > limit:
                yield too_long(path, limit)
        for key in ("image", "thumbnail"):
            if url := (embed.get(key) or {}).get("url"):
                yield from reference_errors(
                    ("embeds", index, key, "url"), url, filenames, must_refer=False
                )
    if total > EMBEDS_TOTAL:
        yield FieldError(
            ("embeds",),
            "MAX_EMBED_SIZE_EXCEEDED",
            f"Embed size exceeds maximum size of {EMBEDS_TOTAL}",
        )
