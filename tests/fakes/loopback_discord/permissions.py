"""The permissions that the loopback checks, by name."""

from collections.abc import Iterable

# Bit numbers from Discord's documentation (topics/permissions).
BITS = {
    "administrator": 3,
    "manage_channels": 4,
    "manage_guild": 5,
    "add_reactions": 6,
    "view_channel": 10,
    "send_messages": 11,
    "manage_messages": 13,
    "embed_links": 14,
    "attach_files": 15,
    "read_message_history": 16,
    "use_application_commands": 31,
    "manage_threads": 34,
    "create_public_threads": 35,
    "send_messages_in_threads": 38,
}
EVERYTHING = (1 << 53) - 1


def permission_bits(names: Iterable[str]) -> int:
    """The number that stands for a set of permissions."""
    total = 0
    for name in names:
        total |= 1 << BITS[name]
    return total


ORDINARY = permission_bits(
    [
        "add_reactions",
        "view_channel",
        "send_messages",
        "embed_links",
        "attach_files",
        "read_message_history",
        "use_application_commands",
        "create_public_threads",
        "send_messages_in_threads",
    ]
)


def has_permission(permissions: int, name: str) -> bool:
    """Whether a permission is granted, directly or by administrator."""
    return bool(permissions & (1 << BITS["administrator"] | 1 << BITS[name]))
