"""The errors with which Discord's API refuses a request."""

from dataclasses import dataclass, field

from fakes.loopback_discord.payload import Json

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
class FieldError:
    """An error in one field of a request.

    Attributes:
        path: the keys and indexes that lead to the field.
        code: Discord's name of the error.
        message: Discord's text.
    """

    path: tuple[str | int, ...]
    code: str
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or 'body'}: {self.message} ({self.code})"


@dataclass(slots=True, eq=False)
class ApiError(Exception):
    """Ends the handling of a request with an error response.

    Attributes:
        status: the HTTP status.
        code: Discord's JSON error code, 0 if there is none.
        message: the text, if it is not the usual one of the code or status.
        field_errors: what is wrong with each field of the body.
    """

    status: int
    code: int = 0
    message: str = ""
    field_errors: tuple[FieldError, ...] = field(default=())

    def body(self) -> Json:
        """The JSON of the response."""
        text = (
            self.message
            or (MESSAGES.get(self.code) if self.code else None)
            or STATUS_TEXTS.get(self.status, f"{self.status}: Error")
        )
        body: Json = {"message": text, "code": self.code}
        if self.field_errors:
            body["errors"] = _nested(self.field_errors)
        return body


def invalid_body(*errors: FieldError) -> ApiError:
    """The error for a body with wrong fields."""
    return ApiError(400, 50035, field_errors=errors)


def _nested(errors: tuple[FieldError, ...]) -> Json:
    """The errors as a tree with the shape of the body."""
    tree: Json = {}
    for error in errors:
        node = tree
        for step in error.path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": error.code, "message": error.message})
    return tree
