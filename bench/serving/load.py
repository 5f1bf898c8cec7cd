"""Load on one address of this machine: by `wrk` where it is installed, else by a small client of our own."""

import asyncio
import re
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import quantiles

CONNECTIONS = 16
_MS = {"us": 0.001, "ms": 1.0, "s": 1_000.0}


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: requests a second, and the milliseconds that half and 99 of 100 answers took at most."""

    rate: float
    p50: float
    p99: float


def client() -> str:
    return "wrk" if shutil.which("wrk") else "asyncio"


def measured(port: int, path: str, headers: Mapping[str, str], status: int, seconds: float) -> Load:
    """Keeps 16 connections busy. Raises RuntimeError where an answer has another status."""
    load = _by_wrk if client() == "wrk" else _by_asyncio
    return load(port, path, headers, status, seconds)


def _by_wrk(port: int, path: str, headers: Mapping[str, str], status: int, seconds: float) -> Load:
    """wrk counts what is neither 2xx nor 3xx; which of the two it is was seen before."""
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--latency", "--timeout", "30s", *given]
    said = subprocess.run(
        ["wrk", *options, f"http://127.0.0.1:{port}{path}"],  # noqa: S607
        capture_output=True, text=True, timeout=seconds + 60, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{path}, {status} expected: {said}")
    p50, p99 = (_milliseconds(said, share) for share in ("50%", "99%"))
    return Load(float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0]), p50, p99)


def _milliseconds(said: str, share: str) -> float:
    [(number, unit)] = re.findall(rf"{share}\s+([\d.]+)(us|ms|s)", said)
    return float(number) * _MS[unit]


def _by_asyncio(port: int, path: str, headers: Mapping[str, str], status: int, seconds: float) -> Load:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *(f"{n}: {value}" for n, value in headers.items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    began = time.perf_counter()
    times = asyncio.run(_all(port, request, status, began + seconds))
    cuts = quantiles(times, n=100, method="inclusive")
    return Load(len(times) / (time.perf_counter() - began), cuts[49] * 1_000, cuts[98] * 1_000)


async def _all(port: int, request: bytes, status: int, until: float) -> list[float]:
    workers = (_one(port, request, status, until) for _ in range(CONNECTIONS))
    return [taken for times in await asyncio.gather(*workers) for taken in times]


async def _one(port: int, request: bytes, status: int, until: float) -> list[float]:
    """The seconds that each answer took, one after another on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    while (began := time.perf_counter()) < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(f"HTTP/1.1 {status}".encode()):
            raise RuntimeError(head.decode(errors="replace"))
        if length := re.search(rb"content-length: (\d+)", head, re.IGNORECASE):
            await reader.readexactly(0 if status == 304 else int(length[1]))
        times.append(time.perf_counter() - began)
    writer.close()
    return times
