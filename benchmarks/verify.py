"""How long a bundle of a hundred thousand tensors takes to verify, and how much memory. Prints; asserts nothing."""

import copy
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from parentage.audit.bundle.files import bundle_files
from parentage.audit.measured import Measured
from parentage.audit.outputs import load_case, write_bundle
from parentage.audit.policies.known import conclude
from parentage.audit.run import Audit, run_audit
from parentage.checkpoint.roles import parse_role
from parentage.digest import manifest_digest

EXAMPLE = Path(__file__).parents[1] / "examples/rivo/case.toml"
COMMAND = str(Path(sys.executable).parent / "parentage")


def repeated(measured: Measured, times: int) -> Measured:
    """Return the example's measurements as if the model had so many more tensors, in shards of their own."""
    count = len(measured.subject_tensors)
    infos, records, fits, digests, files = [], [], {}, {}, []
    leader, runner_up = (dict(trial.hypotheses) for trial in measured.surveyed.choice.trials[:2])
    for turn in range(times):
        shard = f"model-{turn:05d}.safetensors"
        files.append(replace(measured.models[0].files[0], path=shard))
        for info in measured.subject_tensors:
            infos.append(replace(info, name=f"{turn}.{info.name}", shard=shard))
            digests[f"{turn}.{info.name}"] = measured.tensor_digests[info.name]
        for record in measured.records:
            index = turn * count + record.context.index
            pair = replace(record.context.pair, subject=infos[index], role=parse_role(infos[index].name))
            again = copy.deepcopy(record)
            again.context = replace(record.context, index=index, pair=pair)
            records.append(again)
            fits[index] = measured.surveyed.choice.tensor_fits[record.context.index]
            leader[index] = leader[record.context.index]
            runner_up[index] = runner_up[record.context.index]
    first, second, *rest = measured.surveyed.choice.trials
    trials = (replace(first, hypotheses=leader), replace(second, hypotheses=runner_up), *rest)
    kinship = tuple(replace(kin, tensors=kin.tensors * times) for kin in measured.surveyed.kinship)
    surveyed = replace(
        measured.surveyed,
        choice=replace(measured.surveyed.choice, tensor_fits=fits, trials=trials),
        kinship=kinship,
    )
    digest = manifest_digest({file.path: str(file.digest) for file in files})
    subject = replace(measured.models[0], files=tuple(files), digest=digest)
    return replace(
        measured,
        models=(subject, *measured.models[1:]),
        subject_tensors=tuple(infos),
        records=tuple(records),
        tensor_digests=digests,
        surveyed=surveyed,
    )


def main() -> None:
    """Measure and print."""
    audit = run_audit(load_case(EXAMPLE, (), None), declared=True)
    tensors = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    measured = repeated(audit.measured, tensors // len(audit.measured.subject_tensors))
    found = conclude(measured)
    large = Audit(
        case=audit.case,
        measured=measured,
        verdict=found.verdict,
        findings=found.findings,
        tensors=found.tensors,
        failures={},
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "bundle"
        files = bundle_files(large, command="")
        write_bundle(folder, files)
        size = sum(len(data) for data in files.values()) / 2**20
        begin = time.perf_counter()
        process = subprocess.Popen([COMMAND, "verify", str(folder)], stdout=subprocess.DEVNULL)
        peak = 0
        while process.poll() is None:
            # What a process of its own reached, whatever this one has in memory.
            found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
            peak = max(peak, int(found[1]) if found else 0)
            time.sleep(0.02)
        seconds = time.perf_counter() - begin
    assert process.returncode == 0
    print(
        f"{len(measured.subject_tensors):,} tensors, {size:.0f} MiB: verified by the command in {seconds:.1f} s, "
        f"{peak / 2**20:.2f} GiB (bar 10 s, 1 GiB)"
    )


if __name__ == "__main__":
    main()
