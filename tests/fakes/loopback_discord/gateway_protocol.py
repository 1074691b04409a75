"""Opcodes, close codes and intents of Discord's gateway."""

HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE, RESUME, RECONNECT, REQUEST_MEMBERS = 1, 2, 3, 4, 6, 7, 8
INVALID_SESSION, HELLO, HEARTBEAT_ACK = 9, 10, 11
# Close codes from Discord's documentation (topics/opcodes-and-status-codes).
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED, ALREADY_AUTHENTICATED = (
    4001,
    4002,
    4003,
    4004,
    4005,
)
INVALID_SHARD, INVALID_VERSION, INVALID_INTENTS, DISALLOWED_INTENTS = 4010, 4012, 4013, 4014
# Close codes after which a session cannot be resumed.
FINAL_CODES = frozenset({1000, 1001, 4007, 4009})
ALL_INTENTS = (1 << 26) - 1
MEMBERS, PRESENCES = 1 << 1, 1 << 8
