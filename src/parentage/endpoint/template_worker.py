"""Renders and reads chat templates as a process of its own: it is the only place where a stranger's template runs.

Started by template_sandbox.py as a file, isolated (`python -I`), with nothing in its environment; so it imports only
the standard library and jinja2. It answers JSON lines on its standard output and sets its own limits of memory and
processor time before it reads a line. jinja2's sandbox keeps a template from Python's insides but bounds no work:
the limits do, and whoever started it kills it when it says nothing for too long.
"""

import datetime
import hashlib
import json
import resource
import signal
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.parser
import jinja2.runtime
import jinja2.sandbox
import jinja2.utils

_PROSE_WORDS = 4
_MOST_CONSTANTS = 5000
_MOST_COMPARED = 60


class _OutOfTimeError(BaseException):
    """The time for one rendering is over. No template can catch it."""


class _TooLongError(Exception):
    """A rendering has grown past the bound."""


class _Generation(jinja2.ext.Extension):
    """The `generation` block with which transformers marks what an assistant said; its body is kept as it is."""

    tags = {"generation"}  # noqa: RUF012 - jinja2 reads a class attribute

    def parse(self, parser: jinja2.parser.Parser) -> jinja2.nodes.Node:
        """Return the block's body as a call of `_body`."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    def _body(self, caller: jinja2.runtime.Macro) -> str:
        return caller()


class _Names(jinja2.utils.Namespace):
    """A namespace that takes no names with an underscore in front, as in transformers."""

    def __init__(*given: Any, **attributes: Any) -> None:
        names = dict(*given[1:], **attributes)
        if any(isinstance(name, str) and name.startswith("_") for name in names):
            raise jinja2.exceptions.SecurityError("a namespace takes no name that begins with an underscore")
        jinja2.utils.Namespace.__init__(given[0], names)

    def __setitem__(self, name: str, value: Any) -> None:
        if isinstance(name, str) and name.startswith("_"):
            raise jinja2.exceptions.SecurityError("a namespace takes no name that begins with an underscore")
        jinja2.utils.Namespace.__setitem__(self, name, value)


class _Dictionary:
    """What templates call `dict`, without the attributes of the class."""

    def __call__(self, *given: Any, **items: Any) -> dict[Any, Any]:
        return dict(*given, **items)

    def fromkeys(self, *given: Any) -> dict[Any, Any]:
        """Return a dictionary with these keys."""
        return dict.fromkeys(*given)


def make_environment(today: datetime.datetime) -> jinja2.sandbox.ImmutableSandboxedEnvironment:
    """Return the environment in which transformers renders chat templates, with the date as given."""
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[_Generation, jinja2.ext.loopcontrols]
    )

    def raise_exception(message: str) -> None:
        raise jinja2.exceptions.TemplateError(message)

    def tojson(
        value: Any,
        ensure_ascii: bool = False,
        indent: int | None = None,
        separators: tuple[str, str] | None = None,
        sort_keys: bool = False,
    ) -> str:
        return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)

    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    environment.globals["strftime_now"] = today.strftime
    environment.globals["dict"] = _Dictionary()
    environment.globals["namespace"] = _Names
    return environment


def _render(template: jinja2.Template, variables: Mapping[str, Any], most_characters: int) -> str:
    pieces, size = [], 0
    for piece in template.generate(**variables):
        size += len(piece)
        if size > most_characters:
            raise _TooLongError(f"more than {most_characters} characters")
        pieces.append(piece)
    return "".join(pieces)


def _tokens(environment: jinja2.Environment, source: str) -> Iterator[tuple[int, str, int, int]]:
    """Yield line, kind, start and end of every token: jinja2 has the pieces but not where they stand."""
    at = 0
    for line, kind, piece in environment.lex(source):
        at = source.index(piece, at)
        yield line, kind, at, at + len(piece)
        at += len(piece)


def _literal(raw: str) -> str:
    try:
        return str(raw[1:-1].encode("ascii", "backslashreplace").decode("unicode-escape"))
    except UnicodeDecodeError:
        return raw[1:-1]


def _constants(environment: jinja2.Environment, source: str) -> list[dict[str, Any]]:
    """Return every string that the template holds, with its line and its place in the normalised source."""
    found: list[dict[str, Any]] = []
    for line, kind, start, end in _tokens(environment, source):
        raw = source[start:end]
        if kind in ("data", "string") and raw.strip():
            text = raw if kind == "data" else _literal(raw)
            found.append({"kind": kind, "line": line, "text": text, "start": start, "end": end})
        if len(found) > _MOST_CONSTANTS:
            raise _TooLongError(f"more than {_MOST_CONSTANTS} strings")
    return found


def _compared(tree: jinja2.nodes.Template) -> list[str]:
    """Return the strings that something is compared with: words that may open a branch."""
    found: dict[str, None] = {}
    for node in tree.find_all((jinja2.nodes.Compare, jinja2.nodes.Call, jinja2.nodes.Test)):
        for constant in node.find_all(jinja2.nodes.Const):
            if isinstance(constant.value, str) and 2 <= len(constant.value) <= 200:
                found[constant.value] = None
    return list(found)[:_MOST_COMPARED]


def _without_prose(node: jinja2.nodes.Node) -> None:
    for constant in node.find_all((jinja2.nodes.Const, jinja2.nodes.TemplateData)):
        field = "value" if isinstance(constant, jinja2.nodes.Const) else "data"
        text = getattr(constant, field)
        if isinstance(text, str) and len(text.split()) >= _PROSE_WORDS:
            setattr(constant, field, "\0prose")


def _digest(tree: jinja2.nodes.Template) -> str:
    return "sha256:" + hashlib.sha256(repr(tree).encode("utf-8", "surrogatepass")).hexdigest()


def _scan(source: str) -> dict[str, Any]:
    """Return the template's strings, what it compares with, and digests of its syntax with and without its prose."""
    environment = make_environment(datetime.datetime(2026, 1, 1))
    normal = source.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    tree = environment.parse(normal)
    whole, compared = _digest(tree), _compared(tree)
    _without_prose(tree)
    return {
        "source": normal,
        "constants": _constants(environment, normal),
        "compared": compared,
        "tree": whole,
        "shape": _digest(tree),
    }


def _refusal(error: BaseException) -> dict[str, str]:
    """Return why a template was refused, in one of a few kinds."""
    match error:
        case _OutOfTimeError():
            kind = "time"
        case MemoryError():
            kind = "memory"
        case RecursionError():
            kind = "recursion"
        case _TooLongError() | OverflowError():
            kind = "size"
        case jinja2.exceptions.SecurityError():
            kind = "forbidden"
        case jinja2.exceptions.TemplateSyntaxError() as wrong:
            return {"refused": "syntax", "why": f"line {wrong.lineno}: {wrong.message}"[:300]}
        case _:
            kind = "raised"
    return {"refused": kind, "why": f"{type(error).__name__}: {error}"[:300]}


class _Worker:
    """Answers jobs: each names a template and what to do with it."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self._seconds = limits["render_seconds"]
        self._characters = limits["output_characters"]

    def answer(self, job: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield one answer to each case of a job, or the one of a scan."""
        if job["do"] == "scan":
            yield self._guarded(lambda: {"scan": _scan(job["source"])})
            return
        compiled: dict[str, jinja2.Template] = {}
        for case in job["cases"]:
            yield self._guarded(lambda case=case: {"text": self._text(compiled, job["source"], case)})

    def _text(self, compiled: dict[str, jinja2.Template], source: str, case: Mapping[str, Any]) -> str:
        day = str(case["date"])
        if day not in compiled:
            compiled[day] = make_environment(_day(day)).from_string(source)
        return _render(compiled[day], case["variables"], self._characters)

    def _guarded(self, work: Any) -> dict[str, Any]:
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        # A rendering that sits inside one operation hears no alarm: then the system ends the process.
        resource.setrlimit(resource.RLIMIT_CPU, (spent + self._seconds + 2, resource.RLIM_INFINITY))
        signal.setitimer(signal.ITIMER_REAL, self._seconds)
        try:
            found: dict[str, Any] = work()
        except (Exception, _OutOfTimeError) as error:  # noqa: BLE001 - whatever a template does is its refusal
            found = _refusal(error)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return found


def _day(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _alarm(number: int, frame: object) -> None:
    raise _OutOfTimeError("longer than it may take")


def main() -> None:
    """Set the limits, then answer jobs until standard input ends."""
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    signal.signal(signal.SIGALRM, _alarm)
    worker = _Worker(limits)
    for line in sys.stdin.buffer:
        for found in worker.answer(json.loads(line)):
            sys.stdout.write(json.dumps(found) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
