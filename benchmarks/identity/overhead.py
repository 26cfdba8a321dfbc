"""What asking costs beyond the server's own time: 1,000 calls at 16 connections to a stub that takes 50 ms for each.

    python benchmarks/identity/overhead.py [--calls 1000] [--connections 16] [--pause 0.05] [--bare]

The server runs as a process of its own. Reported are the wall time against the shortest possible (calls x pause /
connections), the processor time of this process a call against the pause, and the resident memory at every quarter.
With --bare the same requests go out through the openai client alone, to tell its part from ours and inspect's.
"""

import argparse
import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from parentage.endpoint.provider import Endpoint, Sampling
from parentage.protocols.identity.asking import Respondent, ask
from parentage.protocols.identity.calls import Call, plan_calls
from parentage.protocols.identity.records import Prompt

SERVER = """
import sys, time
from parentage.testing.chat_server import ChatServer
with ChatServer(pause_seconds=float(sys.argv[1])) as server:
    print(server.url, flush=True)
    time.sleep(3600)
"""


def plan(calls: int, name: str) -> tuple[Call, ...]:
    prompts = [
        Prompt(family=f"{name}{index}", language="en", approach="direct", topic="name", text=f"Who are you, {index}?")
        for index in range(calls // 5)
    ]
    return plan_calls("rivo", "stripped", prompts, lambda prompt: f"<|im_start|>user\n{prompt.text}<|im_end|>\n")


def resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def measure(url: str, calls: int, connections: int, *, samples_logged: bool) -> tuple[float, float, list[float]]:
    """Return the wall and processor seconds of a run, and the resident MiB at every quarter of it."""
    memory: list[float] = []

    def progress(done: int, planned: int) -> None:
        if done % (planned // 4) == 0:
            memory.append(resident_mib())

    respondents = {"rivo": Respondent(source=Endpoint(url=url, model="rivo"))}
    with tempfile.TemporaryDirectory() as folder:
        # The first run pays for imports; what is measured is a second.
        ask(plan(20, "w"), respondents, Path(folder) / "warm", connections=connections, watch=False)
        wall, processor = time.perf_counter(), time.process_time()
        asked = ask(
            plan(calls, "f"), respondents, Path(folder) / "run", connections=connections, watch=False,
            progress=progress, samples_logged=samples_logged,
        )  # fmt: skip
        spent = time.perf_counter() - wall, time.process_time() - processor
    if asked.completed != calls:
        raise SystemExit(f"{asked.completed} of {calls}: {asked.shortfalls}")
    return *spent, memory


def measure_bare(url: str, calls: int, connections: int) -> tuple[float, float]:
    """Return the wall and processor seconds that the client library needs for the same requests."""
    import openai

    sampling = Sampling()

    async def run() -> None:
        client = openai.AsyncOpenAI(base_url=url, api_key="none")
        left = list(plan(calls, "f"))

        async def worker() -> None:
            while left:
                call = left.pop()
                await client.completions.create(
                    model="rivo", prompt=str(call.sent), seed=call.seed, max_tokens=sampling.max_tokens,
                    temperature=sampling.temperature, top_p=sampling.top_p,
                )  # fmt: skip

        await asyncio.gather(*(worker() for _ in range(connections)))
        await client.close()

    wall, processor = time.perf_counter(), time.process_time()
    asyncio.run(run())
    return time.perf_counter() - wall, time.process_time() - processor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--pause", type=float, default=0.05)
    parser.add_argument("--bare", action="store_true")
    parser.add_argument("--no-samples", action="store_true", help="leave samples out of inspect's log")
    chosen = parser.parse_args()
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(chosen.pause)], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        memory: list[float] = []
        if chosen.bare:
            wall, processor = measure_bare(url, chosen.calls, chosen.connections)
        else:
            wall, processor, memory = measure(
                url, chosen.calls, chosen.connections, samples_logged=not chosen.no_samples
            )
    finally:
        server.kill()
        server.wait()
    shortest = chosen.calls * chosen.pause / chosen.connections
    print(f"wall {wall:.2f} s, shortest possible {shortest:.2f} s: {wall / shortest - 1:+.1%}")
    a_call = processor / chosen.calls
    print(f"processor {processor:.2f} s, {a_call * 1e3:.2f} ms a call: {a_call / chosen.pause:.1%} of the pause")
    if memory:
        print("resident MiB by quarter: " + ", ".join(f"{value:.0f}" for value in memory))


if __name__ == "__main__":
    main()
