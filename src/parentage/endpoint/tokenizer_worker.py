"""Loads a stranger's tokenizer.json and encodes with it, as a process of its own.

The tokenizers library is native code: a malformed file makes it panic, abort or take all memory there is, none of
which an exception handler stops. Started by tokenizing.py as a file, isolated (`python -I`), with next to nothing in
its environment; it sets its own limits of memory and processor time before it reads a byte of the file.
"""

import json
import resource
import sys
from collections.abc import Mapping
from typing import Any


def _allow_seconds(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds + 1, resource.RLIM_INFINITY))


def _answer(tokenizer: Any, job: Mapping[str, Any], most_tokens: int) -> dict[str, Any]:
    total = 0
    rows = []
    for text in job["texts"]:
        found = tokenizer.encode(text, add_special_tokens=job["add_special_tokens"])
        total += len(found.ids)
        if total > most_tokens:
            return {"failed": f"makes more than {most_tokens} tokens of {len(job['texts'])} texts"}
        rows.append([len(found.ids)] if job["do"] == "count" else [found.ids, found.offsets])
    return {"rows": rows}


def _guarded(work: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = work()
    except BaseException as error:  # noqa: BLE001 - a panic of the library is no Exception
        found = {"failed": f"{type(error).__name__}: {error}"[:300]}
    return found


def _write(answer: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the file's length and bytes, then answer jobs until standard input ends."""
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _allow_seconds(limits["seconds"])
    held: dict[str, Any] = {"file": sys.stdin.buffer.read(int(sys.stdin.buffer.readline()))}

    def load() -> dict[str, Any]:
        from tokenizers import Tokenizer

        held["tokenizer"] = Tokenizer.from_buffer(held.pop("file"))
        return {"loaded": True}

    _write(_guarded(load))
    if "tokenizer" not in held:
        return
    for line in sys.stdin.buffer:
        _allow_seconds(limits["seconds"])
        job = json.loads(line)
        _write(_guarded(lambda job=job: _answer(held["tokenizer"], job, limits["tokens"])))


if __name__ == "__main__":
    main()
