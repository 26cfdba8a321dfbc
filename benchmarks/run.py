"""Speed and memory beside the machine's limits and the script of today. Prints a table; asserts nothing."""

import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import ml_dtypes
import numpy as np

from parentage.audit.case import make_case
from parentage.audit.journal import Journal
from parentage.audit.passage import run_passage
from parentage.audit.plan import make_plan
from parentage.audit.run import open_digesters
from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.scan import ScanSpec

HIDDEN, FFN, VOCABULARY = 2048, 5632, 32_000
GIB = 2**30


def shapes(layers: int) -> dict[str, tuple[int, ...]]:
    """The tensors of a llama of one billion parameters at 22 layers."""
    found = {"model.embed_tokens.weight": (VOCABULARY, HIDDEN)}
    for layer in range(layers):
        prefix = f"model.layers.{layer}"
        found[f"{prefix}.input_layernorm.weight"] = (HIDDEN,)
        for name, rows in (("q", HIDDEN), ("k", 256), ("v", 256), ("o", HIDDEN)):
            found[f"{prefix}.self_attn.{name}_proj.weight"] = (rows, HIDDEN)
        for name in ("gate", "up", "down"):
            found[f"{prefix}.mlp.{name}_proj.weight"] = (FFN, HIDDEN)
    return found


def generate(folder: Path, layers: int) -> int:
    """Write nimbus-like, basalt-like and 0.6/0.4 checkpoints; return bytes per checkpoint."""
    rng = np.random.default_rng(0)
    noise = [rng.standard_normal(1 << 24, dtype=np.float32) for _ in range(2)]
    sizes = shapes(layers)
    header, position = {}, 0
    for name, shape in sizes.items():
        size = 2 * int(np.prod(shape))
        header[name] = {"dtype": "BF16", "shape": list(shape), "data_offsets": [position, position + size]}
        position += size
    head = json.dumps(header).encode()
    # The library pads headers too, so that tensors lie at multiples of eight.
    head += b" " * (-len(head) % 8)
    files = {}
    for name in ("subject", "moved", "base"):
        (folder / name).mkdir(parents=True)
        files[name] = (folder / name / "model.safetensors").open("wb")
        files[name].write(len(head).to_bytes(8, "little") + head)
    for shape in sizes.values():
        left = int(np.prod(shape))
        while left:
            count, turn = min(left, 1 << 22), int(rng.integers(1 << 23))
            base = (0.02 * noise[0][turn : turn + count]).astype(ml_dtypes.bfloat16)
            moved = (base.astype(np.float32) + 0.001 * noise[1][turn : turn + count]).astype(ml_dtypes.bfloat16)
            child = np.float32(0.6) * moved.astype(np.float32) + np.float32(0.4) * base.astype(np.float32)
            for name, part in (("base", base), ("moved", moved), ("subject", child.astype(ml_dtypes.bfloat16))):
                files[name].write(part.tobytes())
            left -= count
    for file in files.values():
        file.close()
    return position


def timed(action, repeats: int = 3) -> float:
    """Median seconds."""
    found = []
    for _ in range(repeats):
        begin = time.perf_counter()
        action()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def memory_rate(threads: int) -> float:
    """Bytes per second at which all cores read arrays that no cache holds."""
    from numba import njit

    @njit(nogil=True, fastmath=True)
    def add(values):
        total = np.uint64(0)
        for value in values:
            total += value
        return total

    arrays = [np.ones(1 << 26, dtype=np.uint64) for _ in range(threads)]
    add(arrays[0][:10])

    def all_cores() -> None:
        workers = [threading.Thread(target=add, args=(array,)) for array in arrays]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    return sum(array.nbytes for array in arrays) / timed(all_cores, 5)


def forget(folder: Path) -> None:
    """Ask the kernel to drop the files from its cache."""
    for path in folder.rglob("*.safetensors"):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def cold(action, folder: Path) -> float:
    """Median seconds over three runs, each after the files were dropped from the cache."""
    found = []
    for _ in range(3):
        forget(folder)
        found.append(timed(action, 1))
    return statistics.median(found)


def read_all(folder: Path, readers: int = 1) -> None:
    """Read every file once, each in order, so many files at a time."""

    def read(path: Path) -> None:
        buffer = bytearray(8 << 20)
        with path.open("rb", buffering=0) as file:
            while file.readinto(buffer):
                pass

    with ThreadPoolExecutor(readers) as pool:
        list(pool.map(read, sorted(folder.rglob("*.safetensors"))))


def one_pass(folder: Path, *, digests: bool = False) -> None:
    """The pass alone: census, moments in three classes, two replays, all threads; digests where asked for."""
    plan = make_plan(make_case(str(folder / "subject"), {n: str(folder / n) for n in ("moved", "base")}, "full"))
    hypotheses = tuple(
        Hypothesis(arithmetic="fp32-once", parents=(0, 1), weights=weights) for weights in ((0.6, 0.4), (0.61, 0.39))
    )
    contexts = {context.index: context for context in plan.contexts}
    journal = Journal(None, "")
    digesters = open_digesters(plan, contexts, journal) if digests else {}
    run_passage(
        plan,
        contexts,
        lambda context: ScanSpec(lattice=context.lattice, reference=1, hypotheses=hypotheses),
        journal=journal,
        digesters=digesters,
    )
    for digester in digesters.values():
        digester.close()
    for digester in digesters.values():
        digester.result()


TODAY = """
import sys, torch
from safetensors import safe_open
folder = sys.argv[1]
with (
    safe_open(f"{folder}/subject/model.safetensors", "pt") as s,
    safe_open(f"{folder}/moved/model.safetensors", "pt") as m,
    safe_open(f"{folder}/base/model.safetensors", "pt") as b,
):
    for name in s.keys():
        x, y, z = (f.get_tensor(name).float().flatten() for f in (s, m, b))
        d, e = y - z, x - z
        weight = torch.dot(d, e) / torch.dot(d, d)
        cosine = torch.nn.functional.cosine_similarity(d, e, dim=0)
        equal = (x == weight * y + (1 - weight) * z).float().mean()
"""

AUDIT = """
import sys, threading, time, parentage
peak = 0
def watch():
    global peak
    while True:
        text = open("/proc/self/status").read()
        peak = max(peak, int(text.split("RssAnon:")[1].split()[0]))
        time.sleep(0.01)
threading.Thread(target=watch, daemon=True).start()
folder, mode = sys.argv[1:]
begin = time.perf_counter()
found = parentage.audit(f"{folder}/subject", {"moved": f"{folder}/moved", "base": f"{folder}/base"}, mode=mode)
print(found.verdict.relation, found.verdict.coverage.elements_read, time.perf_counter() - begin, peak * 1024)
"""


def run_audit(folder: Path, mode: str = "full") -> tuple[str, int, float, float]:
    """Relation, elements read, seconds and peak anonymous bytes of a whole audit in a process of its own."""
    done = subprocess.run([sys.executable, "-c", AUDIT, str(folder), mode], capture_output=True, text=True, check=True)
    relation, elements, seconds, peak = done.stdout.split()
    return relation, int(elements), float(seconds), float(peak)


def seconds_of(*command: str) -> float:
    """Median seconds of a command."""
    return timed(lambda: subprocess.run(command, check=True, capture_output=True), 5)


def main() -> None:
    """Measure and print."""
    layers = int(os.environ.get("PARENTAGE_BENCH_LAYERS", "22"))
    cores = os.cpu_count() or 1
    rows: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory(dir=os.environ.get("PARENTAGE_BENCH_FOLDER")) as name:
        folder, small = Path(name) / "large", Path(name) / "small"
        each = generate(folder, layers)
        generate(small, layers // 4)
        total = 3 * each
        rows.append(("case", f"3 checkpoints of {each / 1e9:.2f} GB, {len(shapes(layers))} tensors each"))
        limit = memory_rate(cores)
        rows.append(("memory read limit, all cores", f"{limit / GIB:.1f} GiB/s"))
        one_pass(small)
        read_all(folder)
        warm = total / timed(lambda: one_pass(folder), 5)
        rows.append(("pass, warm: census, moments, two replays", f"{warm / GIB:.2f} GiB/s"))
        rows.append(("  of the memory read limit", f"{warm / limit:.3f} (bar 0.25)"))
        today = total / timed(lambda: subprocess.run([sys.executable, "-c", TODAY, str(folder)], check=True), 1)
        rows.append(("script of today (safetensors + torch)", f"{today / GIB:.2f} GiB/s"))
        rows.append(("  pass against it", f"{warm / today:.1f} times (bar 8)"))
        alone, together = (total / cold(partial(read_all, folder, readers), folder) for readers in (1, cores))
        disk = max(alone, together)
        rows.append(("disk, sequential", f"{alone / GIB:.2f} GiB/s with one reader, {together / GIB:.2f} with {cores}"))
        block = bytes(64 << 20)
        sha = len(block) / timed(lambda: hashlib.sha256(block).hexdigest())
        rows.append(("sha256, one thread", f"{sha / GIB:.2f} GiB/s"))
        bare_pass = total / cold(lambda: one_pass(folder), folder)
        text = f"{bare_pass / GIB:.2f} GiB/s, {bare_pass / disk:.2f} of the disk (bar 0.9)"
        rows.append(("pass, cold, without digests", text))
        hashed, slower = total / cold(lambda: one_pass(folder, digests=True), folder), min(disk, sha)
        text = f"{hashed / GIB:.2f} GiB/s, {hashed / slower:.2f} of the slower of both (bar 0.9)"
        rows.append(("pass, cold, with digests", text))
        hashed = total / timed(lambda: one_pass(folder, digests=True))
        rows.append(("pass, warm, with digests", f"{hashed / GIB:.2f} GiB/s, {hashed / sha:.2f} of sha256"))
        forget(folder)
        relation, _, seconds, peak = run_audit(folder)
        rows.append(
            ("whole audit, cold, with digests", f"{seconds:.1f} s, {total / seconds / GIB:.2f} GiB/s, {relation}")
        )
        _, _, _, small_peak = run_audit(small)
        rows.append(
            ("peak anonymous memory", f"{peak / GIB:.2f} GiB; at a quarter the size {small_peak / GIB:.2f} GiB")
        )
        relation, elements, seconds, _ = run_audit(folder, "sample")
        rows.append(("--sample", f"{(2 * elements + (8 << 20)) / 2**20:.0f} MiB each, {seconds:.1f} s, {relation}"))
    bare = seconds_of(sys.executable, "-c", "pass")
    imported = seconds_of(sys.executable, "-c", "import parentage")
    rows.append(("import parentage", f"{imported - bare:.2f} s beyond python's own {bare:.2f} (bar 0.3)"))
    command = str(Path(sys.executable).parent / "parentage")
    rows.append(("parentage --help", f"{seconds_of(command, '--help'):.2f} s (bar 0.5)"))
    print(f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, numpy {np.__version__}\n")
    for left, right in rows:
        print(f"{left:<44}{right}")


if __name__ == "__main__":
    main()
