"""Discord's rate limits: requests of a route, for each channel or webhook, in a time span."""

import hashlib
import time
from dataclasses import dataclass, field

from fakes.loopback_discord.payload import Json

MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token", "interaction_token")
UNLIMITED = (10_000, 1.0)
"""Requests and seconds: far more than a test sends, so only limits that a test sets take effect."""


@dataclass(slots=True)
class Bucket:
    """One route's limit, and how many requests of it remain.

    Attributes:
        limit: requests in `seconds`.
        resets: Unix time at which `remaining` returns to `limit`.
    """

    limit: int
    seconds: float
    remaining: int = 0
    resets: float = 0.0

    def take(self, now: float) -> bool:
        """Count one request; False if it exceeds the limit."""
        if now >= self.resets:
            self.remaining, self.resets = self.limit, now + self.seconds
        if self.remaining == 0:
            return False
        self.remaining -= 1
        return True


@dataclass(slots=True)
class RateLimits:
    """The limits of each route: unlimited unless a test sets them."""

    rules: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    buckets: dict[str, Bucket] = field(default_factory=dict)

    def set(self, method: str, route: str, requests: int, seconds: float) -> None:
        """Limit one route, by its template in Discord's description."""
        self.rules[method, route] = (requests, seconds)

    def use_discord_limits(self) -> None:
        """Set the limits observed at Discord, which documents none and may change them."""
        for method, route in (
            ("POST", "/channels/{channel_id}/messages"),
            ("PATCH", "/channels/{channel_id}/messages/{message_id}"),
            ("POST", "/webhooks/{webhook_id}/{webhook_token}"),
            ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
            ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"),
        ):
            self.set(method, route, 5, 5.0)

    def take(
        self, method: str, route: str, parameters: dict[str, str]
    ) -> tuple[dict[str, str], float | None]:
        """Count a request: the response's headers, and seconds to wait if it exceeds the limit."""
        limit, seconds = self.rules.get((method, route), UNLIMITED)
        # As at Discord, @original and a message's id share a bucket.
        shared = route.replace("@original", "{message_id}")
        name = hashlib.blake2b(f"{method} {shared}".encode(), digest_size=16).hexdigest()
        key = ":".join([name, *(parameters[major] for major in MAJOR if major in parameters)])
        bucket = self.buckets.setdefault(key, Bucket(limit, seconds))
        bucket.limit, bucket.seconds = limit, seconds
        now = time.time()
        allowed = bucket.take(now)
        reset_after = max(bucket.resets - now, 0.001)
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(bucket.remaining),
            "X-RateLimit-Reset": f"{bucket.resets:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": name,
        }
        return headers, None if allowed else reset_after


def too_many_requests(retry_after: float, *, is_global: bool) -> tuple[Json, dict[str, str]]:
    """The body and headers of a 429."""
    headers = {
        "Retry-After": str(max(1, round(retry_after))),
        "X-RateLimit-Scope": "global" if is_global else "user",
    }
    if is_global:
        headers["X-RateLimit-Global"] = "true"
    return {
        "message": "You are being rate limited.",
        "retry_after": retry_after,
        "global": is_global,
    }, headers
