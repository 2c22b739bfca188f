"""One look at one system: connects, asks, and says what came of it. Whatever fails is a finding, not an error."""

import asyncio
import re
import ssl
import time
from collections.abc import Awaitable
from datetime import datetime
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

import aiohttp
from cryptography import x509

from schemas.platform import Unreadable as Why
from streams.intake.platform.samples import ACCEPT, Sample, UnreadableSample, parse
from streams.intake.platform.systems import PORTS, Metrics, PolledSystem, Probe

NO_ANSWER: Why = "no_answer"
MOST_BYTES = 16 << 20  # of one endpoint's text
# What a system that does not answer, or answers something else, looks like from here.
FAILURES = (OSError, aiohttp.ClientError, asyncio.TimeoutError, EOFError, ValueError)


class LookSeen(NamedTuple):
    """A certificate as it was presented at ``host:port``."""

    where: str
    der: bytes


class Finding(NamedTuple):
    """``samples`` is ``None`` where there is no endpoint or it could not be read, for which ``unreadable`` says why.
    ``trouble`` is a word for the log."""

    reachable: bool
    latency_ms: int | None = None
    certificate: LookSeen | None = None
    samples: list[Sample] | None = None
    trouble: str = ""
    unreadable: Why | None = None


class _Answer(NamedTuple):
    good: bool
    latency_ms: int | None = None
    certificate: LookSeen | None = None
    trouble: str = ""
    unreadable: Why | None = None


def trusting() -> ssl.SSLContext:
    """Takes any certificate: that one has expired or is somebody's own is what we want to see, not a reason to stop."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def look(system: PolledSystem, session: aiohttp.ClientSession, context: ssl.SSLContext) -> Finding:
    """Takes at most the system's time-out for each of probe, metrics and certificate."""
    samples: list[Sample] = []
    probed, scraped = _Answer(False), _Answer(False)
    if system.probe is not None:
        probed = await _guarded(_probe(system.probe, session, context), system)
    if system.metrics is not None:
        scraped = await _guarded(_scrape(system.metrics, session, context, samples), system)
    answer, address = (probed, system.probe) if system.probe is not None else (scraped, system.metrics)
    certificate = answer.certificate
    if answer.latency_ms is not None and address is not None and urlsplit(address.url).scheme == "https":
        certificate = (await _guarded(_connect(urlsplit(address.url), context), system)).certificate
    trouble = " ".join(filter(None, [probed.trouble, scraped.trouble]))
    unreadable = None if system.metrics is None else scraped.unreadable or (None if scraped.good else NO_ANSWER)
    if not answer.good:  # what cannot be reached has no numbers anyway
        unreadable = None
    read = samples if scraped.good and unreadable is None else None
    return Finding(answer.good, answer.latency_ms, certificate, read, trouble, unreadable)


async def _guarded(work: Awaitable[_Answer], system: PolledSystem) -> _Answer:
    try:
        async with asyncio.timeout(system.timeout_s):
            return await work
    except FAILURES as exc:
        return _Answer(False, trouble=type(exc).__name__)


async def _probe(probe: Probe, session: aiohttp.ClientSession, context: ssl.SSLContext) -> _Answer:
    url = urlsplit(probe.url)
    if url.scheme in ("tcp", "tls"):
        return await _connect(url, context if url.scheme == "tls" else None)
    began = time.perf_counter()
    async with session.request(probe.method, probe.url, ssl=context, allow_redirects=False) as answer:
        failing = re.fullmatch(probe.failing, str(answer.status)) is not None
        return _Answer(not failing, _ms_since(began), trouble=f"status {answer.status}" if failing else "")


async def _connect(url: SplitResult, context: ssl.SSLContext | None) -> _Answer:
    """A connection of its own: with an answer's, the certificate has often gone before it can be asked for."""
    began = time.perf_counter()
    _, writer = await asyncio.open_connection(url.hostname, url.port or PORTS.get(url.scheme), ssl=context)
    try:
        return _Answer(True, _ms_since(began), _certificate(url, writer.transport))
    finally:
        writer.transport.abort()


async def _scrape(
    metrics: Metrics, session: aiohttp.ClientSession, context: ssl.SSLContext, into: list[Sample]
) -> _Answer:
    began = time.perf_counter()
    async with session.get(metrics.url, ssl=context, allow_redirects=False, headers={"Accept": ACCEPT}) as answer:
        latency = _ms_since(began)
        if answer.status != 200:
            good = answer.status < 500  # it answers, though not with numbers
            return _Answer(good, latency, trouble=f"metrics: status {answer.status}", unreadable="status")
        raw = bytearray()
        async for chunk in answer.content.iter_any():
            raw += chunk
            if len(raw) > MOST_BYTES:
                return _Answer(True, latency, trouble="metrics: too_large", unreadable="too_large")
        try:
            text = raw.decode("utf-8")
            into += await asyncio.to_thread(parse, text, answer.headers.get("Content-Type", ""))
        except UnicodeDecodeError:
            return _Answer(True, latency, trouble="metrics: not utf-8", unreadable="encoding")
        except UnreadableSample as exc:
            return _Answer(True, latency, trouble=f"metrics: {exc}", unreadable=exc.why)
        return _Answer(True, latency)


def _certificate(url: SplitResult, transport: asyncio.BaseTransport) -> LookSeen | None:
    secured = transport.get_extra_info("ssl_object")
    der = secured.getpeercert(binary_form=True) if secured is not None else None
    if der is None:
        return None
    return LookSeen(f"{url.hostname}:{url.port or PORTS.get(url.scheme, 0)}", der)


def expiry(seen: LookSeen) -> datetime | None:
    """Until when it is valid, in UTC. ``None`` where it is no certificate that can be read."""
    try:
        return x509.load_der_x509_certificate(seen.der).not_valid_after_utc
    except ValueError:
        return None


def _ms_since(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)
