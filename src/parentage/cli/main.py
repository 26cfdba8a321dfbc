"""The command: parses arguments, calls one library function, prints, and turns errors into one line and a status."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from parentage.errors import ParentageError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Who are this open-weight model's parents? Evidence from the bits that a stranger can check.",
)


@app.callback()
def _parentage() -> None:
    """Keep `audit` a command of its own: others come beside it."""


@app.command()
def audit(
    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT", help="Folder, hf://org/name@revision, URL, or case.toml")
    ],
    candidate: Annotated[
        list[str] | None, typer.Option(metavar="ID=MODEL", help="A possible parent; may be given up to fifty times")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where verdict.json and report.html go")] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Read an index-keyed sample of every tensor")] = False,
    full: Annotated[bool, typer.Option("--full", help="Read every byte")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print exactly verdict.json")] = False,
    identity: Annotated[bool, typer.Option(help="Ask the models who they are, where the case says how")] = True,
    yes: Annotated[bool, typer.Option("--yes", help="Agree to what paid endpoints will cost")] = False,
) -> None:
    """Audit SUBJECT against candidates: identical, merge, fine-tune, shared origin, independent, or inconclusive."""
    from parentage.cli.audit import run

    raise typer.Exit(
        run(
            subject,
            candidate or [],
            out=out,
            sample=sample,
            full=full,
            as_json=as_json,
            identity=identity,
            yes=yes,
        )
    )


@app.command("identity")
def identity_command(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="A case.toml with [identity]")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where identity.json and the replies go")],
    quick: Annotated[bool, typer.Option("--quick", help="60 calls to a model and arm instead of all")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Agree to what paid endpoints will cost")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print exactly identity.json")] = False,
) -> None:
    """Ask subject, candidates and controls who they are, stripped of what tells them; no weights are read."""
    from parentage.cli.identity import run as run_identity

    run_identity(case, out, quick=quick, yes=yes, as_json=as_json)


Bundle = Annotated[
    Path, typer.Argument(metavar="BUNDLE", help="A bundle, as folder or zip, or an audit's --out folder")
]
Key = Annotated[str, typer.Option("--key", metavar="NAME", help="A key of `parentage keys`")]
keys = typer.Typer(no_args_is_help=True, help="Make, list and export signing keys.")
app.add_typer(keys, name="keys")


@keys.command("make")
def keys_make(
    name: Annotated[str, typer.Argument()],
    scheme: Annotated[str, typer.Option(help="ed25519, or ecdsa for P-256")] = "ed25519",
) -> None:
    """Make a key pair in $PARENTAGE_KEYS, or ~/.config/parentage/keys."""
    from parentage.cli.keys import run_make

    run_make(name, scheme)


@keys.command("list")
def keys_list() -> None:
    """List names, schemes and ids."""
    from parentage.cli.keys import run_list

    run_list()


@keys.command("export")
def keys_export(name: Annotated[str, typer.Argument()]) -> None:
    """Print the public half as PEM, for others to trust."""
    from parentage.cli.keys import run_export

    run_export(name)


@app.command()
def sign(bundle: Bundle, key: Key) -> None:
    """Sign an audit's BUNDLE, after verifying it; several signers each run this."""
    from parentage.cli.sign import run as sign_bundle

    sign_bundle(bundle, key)


@app.command()
def timestamp(bundle: Bundle, url: Annotated[str, typer.Option(help="A timestamp authority, RFC 3161")]) -> None:
    """Have an authority say that BUNDLE was there by now; needs the extra `timestamp`."""
    from parentage.cli.timestamp import run as stamp_bundle

    stamp_bundle(bundle, url)


@app.command()
def pack(bundle: Bundle, out: Annotated[Path, typer.Argument(metavar="ZIP")]) -> None:
    """Write BUNDLE as one zip, the same bytes for the same files."""
    from parentage.cli.sign import pack as pack_bundle

    pack_bundle(bundle, out)


@app.command()
def verify(
    bundle: Bundle,
    key: Annotated[list[Path] | None, typer.Option(metavar="PEM", help="A public key that you trust")] = None,
    tsa_root: Annotated[list[Path] | None, typer.Option(metavar="PEM", help="A timestamp authority's root")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print steps and outcome as JSON")] = False,
) -> None:
    """Check that BUNDLE holds together: offline, step by step. Status 1 where it does not."""
    from parentage.cli.verify import run as verify_path

    verify_path(bundle, key or [], tsa_root or [], as_json=as_json)


@app.command()
def replicate(
    bundle: Bundle,
    subject: Annotated[str | None, typer.Option(metavar="MODEL", help="Where the subject is now")] = None,
    candidate: Annotated[list[str] | None, typer.Option(metavar="ID=MODEL", help="Where a candidate is now")] = None,
    fraction: Annotated[float | None, typer.Option(help="Only whole tensors that hold this share of elements")] = None,
    seed: Annotated[str | None, typer.Option(help="Draws those tensors; yours, and by default new")] = None,
    key: Annotated[str | None, typer.Option(metavar="NAME", help="Sign the outcome into the bundle")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON")] = False,
) -> None:
    """Measure BUNDLE again and compare every figure. Status 1 where one differs, 3 where a model is gone."""
    from parentage.cli.replicate import run as replicate_bundle

    replicate_bundle(
        bundle,
        subject=subject,
        candidates=candidate or [],
        fraction=fraction,
        seed=seed,
        key=key,
        as_json=as_json,
    )


@app.command()
def respond(
    bundle: Bundle,
    file: Annotated[Path, typer.Option(help="The response's text")],
    kind: Annotated[str, typer.Option(help="accept, dispute, correct, withdraw, or an auditor's answer")],
    by: Annotated[str, typer.Option(help="Who responds")],
    key: Key,
    role: Annotated[str, typer.Option(help="subject, candidate, auditor or third-party")] = "subject",
    finding: Annotated[
        str, typer.Option(help="The question that it is about, e.g. replay, disclosure; empty: the verdict")
    ] = "",
    to: Annotated[int | None, typer.Option(help="The number of the response that it replies to")] = None,
    revision: Annotated[str, typer.Option(help="With correct: where the corrected model or card is")] = "",
    reaudit: Annotated[str, typer.Option(help="With answer: the digest of the audit of the correction")] = "",
) -> None:
    """Attach a signed response to BUNDLE: it travels with it and is shown in the report."""
    from parentage.cli.respond import run as respond_to

    respond_to(
        bundle,
        file=file,
        kind=kind,
        role=role,
        by=by,
        key=key,
        finding=finding,
        to=to,
        revision=revision,
        reaudit=reaudit,
    )


@app.command()
def report(
    bundle: Bundle, out: Annotated[Path | None, typer.Option(metavar="FILE", help="Default: beside the bundle")] = None
) -> None:
    """Render the report from BUNDLE alone."""
    from parentage.cli.report import run as write_page

    write_page(bundle, out)


@app.command()
def check(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="Folder, hf://org/name@revision, or URL")],
    candidate: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=MODEL", help="A possible parent, again for each; without any, those that the card declares"
        ),
    ] = None,
    policy: Annotated[
        Path | None, typer.Option(metavar="TOML", help="What must hold; see docs/questions/gate.md")
    ] = None,
    sarif: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the results as SARIF 2.1.0, too")] = None,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the results as JUnit XML, too")] = None,
    documents_only: Annotated[bool, typer.Option("--documents-only", help="Judge the texts, read no weights")] = False,
    audited: Annotated[bool, typer.Option("--audited", help="MODEL is an audit's folder or a bundle")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON")] = False,
) -> None:
    """Gate: does what MODEL declares fit what was found? Status 0 yes, 1 no, 2 bad input, 3 undecided."""
    from parentage.cli.check import run as check_model

    raise typer.Exit(
        check_model(
            model,
            candidate or [],
            policy=policy,
            sarif=sarif,
            junit=junit,
            as_json=as_json,
            documents_only=documents_only,
            audited=audited,
        )
    )


@app.command()
def papers(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="An audit's --out folder, or a bundle")],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", help="card, card-diff, notice, summary, cyclonedx (1.7), cyclonedx-1.6, spdx; again for each"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where they go, under their usual names; without it one is printed"),
    ] = None,
) -> None:
    """Write the papers that would make it right: corrected card, NOTICE, bills of materials, summary."""
    from parentage.cli.papers import run as write_papers

    write_papers(directory, formats or [], out)


@app.command()
def declared(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="Folder, hf://org/name@revision, or URL")],
    against: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="An earlier revision, or another copy: what changed from it to MODEL"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON")] = False,
) -> None:
    """Show what MODEL's publisher declares, line by line, or how that changed since another revision."""
    from parentage.cli.declared import run as show_declared

    show_declared(model, against, as_json=as_json)


def run() -> None:
    """Run the command line; every error that is raised on purpose becomes one line on standard error."""
    try:
        app()
    except ParentageError as error:
        sys.stderr.write(f"parentage: {error}\n")
        raise SystemExit(error.exit_status) from None
    except BrokenPipeError:
        raise SystemExit(1) from None
