"""What Discord answers when it refuses a request."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

# From the list of JSON error codes in Discord's documentation (topics/opcodes-and-status-codes).
MESSAGES = {
    0: "401: Unauthorized",
    10002: "Unknown Application",
    10003: "Unknown Channel",
    10004: "Unknown Guild",
    10007: "Unknown Member",
    10008: "Unknown Message",
    10013: "Unknown User",
    10015: "Unknown Webhook",
    10062: "Unknown interaction",
    10063: "Unknown application command",
    20028: "The write action you are performing on the channel has hit the write rate limit",
    40005: "Request entity too large",
    40060: "Interaction has already been acknowledged.",
    50001: "Missing Access",
    50005: "Cannot edit a message authored by another user",
    50006: "Cannot send an empty message",
    50007: "Cannot send messages to this user",
    50013: "Missing Permissions",
    50024: "Cannot execute action on this channel type",
    50027: "Invalid Webhook Token",
    50035: "Invalid Form Body",
    50083: "Thread is archived",
    160004: "A thread has already been created for this message",
}
STATUS_TEXTS = {
    401: "401: Unauthorized",
    404: "404: Not Found",
    405: "405: Method Not Allowed",
    500: "500: Internal Server Error",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a body: where, Discord's name of the error and what it says."""

    path: tuple[str | int, ...]
    code: str
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or 'body'}: {self.message} ({self.code})"


@dataclass(slots=True, eq=False)
class Refusal(Exception):
    """Ends the handling of a request with Discord's error."""

    status: int
    code: int = 0
    message: str = ""
    faults: tuple[Fault, ...] = field(default=())

    def body(self) -> Json:
        text = (
            self.message
            or (MESSAGES.get(self.code) if self.code else None)
            or STATUS_TEXTS.get(self.status, f"{self.status}: Error")
        )
        answer: Json = {"message": text, "code": self.code}
        if self.faults:
            answer["errors"] = _nested(self.faults)
        return answer


def invalid_body(*faults: Fault) -> Refusal:
    return Refusal(400, 50035, faults=faults)


def _nested(faults: tuple[Fault, ...]) -> Json:
    tree: Json = {}
    for fault in faults:
        place = tree
        for step in fault.path:
            place = place.setdefault(str(step), {})
        place.setdefault("_errors", []).append({"code": fault.code, "message": fault.message})
    return tree
