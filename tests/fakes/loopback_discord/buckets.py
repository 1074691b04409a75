"""Rate limits as Discord keeps them: so many requests of a route, for each channel or webhook, in so many seconds."""

import hashlib
import time
from dataclasses import dataclass, field

from fakes.loopback_discord.refusals import Json

MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token", "interaction_token")
# Much more than a test sends, so that limits bite only where a test sets them.
GENEROUS = (10_000, 1.0)


@dataclass(slots=True)
class Bucket:
    """What is left of one route's requests."""

    limit: int
    per: float
    remaining: int = 0
    resets: float = 0.0

    def take(self, now: float) -> bool:
        if now >= self.resets:
            self.remaining, self.resets = self.limit, now + self.per
        if self.remaining == 0:
            return False
        self.remaining -= 1
        return True


@dataclass(slots=True)
class RateLimits:
    """The limits of each route; a test may set them, or ask for Discord's usual ones."""

    rules: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    buckets: dict[str, Bucket] = field(default_factory=dict)
    refused: int = 0

    def set(self, method: str, route: str, requests: int, seconds: float) -> None:
        """Limits one route, by its template in Discord's description."""
        self.rules[method, route] = (requests, seconds)

    def as_discord(self) -> None:
        """The limits that have been seen at Discord; it documents none and may change them."""
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
        """The headers of an answer, and how long to wait if the request is one too many."""
        limit, per = self.rules.get((method, route), GENEROUS)
        # The @original and the numbered message are the same thing to the bucket, as they are at Discord.
        shared = route.replace("@original", "{message_id}")
        name = hashlib.blake2b(f"{method} {shared}".encode(), digest_size=16).hexdigest()
        key = ":".join([name, *(parameters[major] for major in MAJOR if major in parameters)])
        bucket = self.buckets.setdefault(key, Bucket(limit, per))
        bucket.limit, bucket.per = limit, per
        now = time.time()
        granted = bucket.take(now)
        left = max(bucket.resets - now, 0.001)
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(bucket.remaining),
            "X-RateLimit-Reset": f"{bucket.resets:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": name,
        }
        self.refused += not granted
        return headers, None if granted else left


def limited(retry_after: float, *, is_global: bool) -> tuple[Json, dict[str, str]]:
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
