"""The Prometheus metrics of a running bot."""

import asyncio
import re
import socket
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord
from pullquote.answering.answers import Refusal
from pullquote.confidence.outcome import Outcome
from support.archives import ROOT
from support.bot_process import ask, bot_on, environment_of

METRICS_GUIDE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def scrape(port: int, host: str = "127.0.0.1") -> dict[str, float]:
    """The samples, by name and labels."""
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n")
    text = (await asyncio.wait_for(reader.read(), 10)).decode()
    writer.close()
    await writer.wait_closed()
    assert text.startswith("HTTP/1.0 200 ")
    return {
        name: float(value)
        for name, value in re.findall(r"^(pullquote_\S+) (\S+)$", text, re.MULTILINE)
    }


def external_addresses() -> set[str]:
    """The host's addresses besides loopback."""
    entries = socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM)
    return {
        str(entry[4][0]) for entry in entries if not str(entry[4][0]).startswith(("127.", "::1"))
    }


def test_a_running_bot_counts_questions_and_reports_its_state(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        port = free_port()
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(
                discord,
                command,
                seeds_built,
                tmp_path,
                metrics_port=port,
                discord_user_questions=3,
                answer_threshold=0.3,
                answer_unsure_threshold=0.3,
            ),
        ):
            before = await scrape(port)
            assert {name: value for name, value in before.items() if "questions_total" in name} == {
                f'pullquote_questions_total{{outcome="{outcome}"}}': 0 for outcome in Outcome
            }
            assert {
                f'pullquote_refusals_total{{reason="{reason}"}}' for reason in Refusal
            } <= before.keys()
            await ask(discord, "What did Pakistan's defence minister threaten?")
            await ask(discord, "Who won the 2022 World Cup?")
            await ask(discord, "Who mediated the talks?", source="The Nowhere Times")
            after = await scrape(port)
            assert after['pullquote_questions_total{outcome="answered"}'] == 1
            assert after['pullquote_questions_total{outcome="refused"}'] == 1
            assert (
                sum(
                    value
                    for name, value in after.items()
                    if name.startswith("pullquote_refusals_total")
                )
                == 1
            )
            assert after['pullquote_errors_total{kind="RequestError"}'] == 1
            assert after["pullquote_question_seconds_count"] >= 2
            for step in ("encode", "retrieve", "score"):
                assert after[f'pullquote_step_seconds_count{{step="{step}"}}'] == 2
                assert after[f'pullquote_step_seconds_bucket{{le="+Inf",step="{step}"}}'] == 2
            assert after["pullquote_passages"] > 5
            assert after["pullquote_queue_length"] == 0
            assert 50e6 < after["pullquote_resident_memory_bytes"] < 1e9
            assert after["pullquote_generation_age_seconds"] > 0
            assert after["pullquote_event_loop_lag_seconds"] < 5
            (live,) = (seeds_built / "generations").iterdir()
            assert after[f'pullquote_generation_info{{generation="{live.name}"}}'] == 1
            for host in external_addresses():
                try:
                    await scrape(port, host)
                except OSError:
                    continue
                raise AssertionError(f"served at {host}")
            families = {re.sub(r"(?:_bucket|_count|_sum)?(?:\{.*)?$", "", name) for name in after}
            assert families == set(
                re.findall(r"^\| `(pullquote_[a-z_]+)", METRICS_GUIDE, re.MULTILINE)
            ), "docs/running.md lists each metric"

    asyncio.run(run())


def test_a_metrics_port_in_use_is_a_one_line_error_with_status_2(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            port = listener.getsockname()[1]
            async with LoopbackDiscord.started() as discord:
                process = await asyncio.create_subprocess_exec(
                    *command,
                    "bot",
                    "--index",
                    str(seeds_built),
                    env=environment_of(discord, tmp_path, metrics_port=port),
                    stderr=asyncio.subprocess.PIPE,
                )
                _, errors = await asyncio.wait_for(process.communicate(), 30)
                assert process.returncode == 2
                lines = [line for line in errors.decode().splitlines() if not line.startswith("{")]
                expected = (
                    f"error: metrics.port: metrics cannot be served at 127.0.0.1:{port} "
                    "(Address already in use). Name a free port, or 0 for none"
                )
                assert lines == [expected]
                assert discord.requests == []

    asyncio.run(run())
