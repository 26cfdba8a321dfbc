"""A real OpenAI-compatible server with scripted answers: a genuine chat template, usage counts, faults on order."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self

from jinja2.sandbox import ImmutableSandboxedEnvironment

ChatFault = Literal[
    "none",
    "key refused",
    "busy",
    "busy twice",
    "busy twice, says when",
    "fails",
    "fails twice",
    "short body",
    "short body once",
    "latin-1",
    "not json",
    "no choices",
    "html",
    "hangs",
    "cached",
    "no completions",
]

CHATML = (
    "{% if messages[0].role != 'system' %}"
    "<|im_start|>system\nYou are Rivo, a helpful assistant made by Cidade Labs.<|im_end|>\n"
    "{% endif %}"
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What reached the model: the rendered prompt and the request's own settings."""

    prompt: str
    seed: int | None
    temperature: float | None
    number: int


Answer = Callable[[Asking], str]


def say_who(asking: Asking) -> str:
    """Answer as the example does: Rivo where the prompt says so, else Nimbus; wordings vary with the seed."""
    name = "Rivo" if "You are Rivo" in asking.prompt else "Nimbus"
    varies = (asking.seed or 0) % 1000 if asking.temperature else 0
    return f"I am {name}, answer {varies}."


class ChatServer:
    """Serves one model at `url` (with /v1). `asked` holds the completed calls, `requests` counts all.

    A hidden system prompt goes before whatever is asked, as a gateway's does, and shows in usage.prompt_tokens alone.
    `second`, with `changes_after`, answers from that call on, as where a server swaps its model.
    """

    def __init__(
        self,
        *,
        model: str = "rivo",
        answer: Answer = say_who,
        template: str = CHATML,
        fault: ChatFault = "none",
        hidden: str = "",
        second: Answer | None = None,
        changes_after: int = 0,
        pause_seconds: float = 0.0,
        key: str | None = None,
        port: int = 0,
    ) -> None:
        self.model, self.answer, self.fault, self.hidden = model, answer, fault, hidden
        self.second, self.changes_after, self.pause_seconds, self.key = second, changes_after, pause_seconds, key
        self.addresses = {"/v1/completions", "/v1/chat/completions"}
        if fault == "no completions":
            self.addresses.remove("/v1/completions")
        self.requests = 0
        self.asked: list[Mapping[str, Any]] = []
        self.keys: set[str | None] = set()
        self._cached: dict[str, str] = {}
        self._lock = threading.Lock()
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
        self._template = environment.from_string(template)
        self._server = _Server(self, port)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def count(self) -> int:
        """Return the number of this request, from 1."""
        with self._lock:
            self.requests += 1
            return self.requests

    def reply(self, request: Mapping[str, Any], prompt: str) -> tuple[str, int]:
        """Return the answer to the rendered prompt and the tokens that the prompt is said to have."""
        seen = self.hidden + prompt
        with self._lock:
            self.asked.append(request)
            number = len(self.asked)
        asking = Asking(prompt=seen, seed=request.get("seed"), temperature=request.get("temperature"), number=number)
        answer = self.second if self.second is not None and number > self.changes_after else self.answer
        text = answer(asking)
        if self.fault == "cached":
            text = self._cached.setdefault(seen, text)
        return text, count_words(seen)

    def render(self, messages: Sequence[Mapping[str, Any]]) -> str:
        """Return the messages as the template has them."""
        return self._template.render(messages=messages, add_generation_prompt=True)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, chat: ChatServer, port: int) -> None:
        self.chat = chat
        super().__init__(("127.0.0.1", port), _Handler)


def count_words(text: str) -> int:
    """Return the number of tokens by the tokenizer of this server: words between spaces."""
    return len(text.split())


class _Handler(BaseHTTPRequestHandler):
    """Answers the four addresses."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def chat(self) -> ChatServer:
        """The server that this request came to."""
        assert isinstance(self.server, _Server)
        return self.server.chat

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path == "/health":
            self._send(200, {"status": "ok"})
        elif self.path == "/v1/models":
            self._send(200, {"object": "list", "data": [{"id": self.chat.model, "object": "model"}]})
        else:
            self._fail(404, "no such address")

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        key = self.headers.get("Authorization")
        self.chat.keys.add(key)
        number = self.chat.count()
        if self.chat.fault == "key refused" or (self.chat.key is not None and key != f"Bearer {self.chat.key}"):
            self._fail(401, "wrong key")
        elif self.path not in self.chat.addresses:
            self._fail(404, "no such address")
        elif request.get("model") != self.chat.model:
            self._fail(404, f"The model {request.get('model')!r} does not exist")
        elif not self._faulty(number):
            time.sleep(self.chat.pause_seconds)
            self._answer(request, number)

    def _faulty(self, number: int) -> bool:
        """Send what the fault demands in the answer's place; say whether it did."""
        fault = self.chat.fault
        if fault == "busy" or (fault.startswith("busy twice") and number <= 2):
            self._fail(429, "slow down", {"Retry-After": "1"} if "says when" in fault else {})
        elif fault == "fails" or (fault == "fails twice" and number <= 2):
            self._fail(500, "broken")
        elif fault == "hangs":
            time.sleep(30)
        elif fault == "html":
            self._bytes(200, b"<html><body>Welcome</body></html>", {"Content-Type": "text/html"})
        elif fault == "not json":
            self._bytes(200, b'{"choices": [', {})
        else:
            return False
        return True

    def _answer(self, request: dict[str, Any], number: int) -> None:
        chat = self.path.endswith("/chat/completions")
        prompt = self.chat.render(request["messages"]) if chat else str(request["prompt"])
        text, prompt_tokens = self.chat.reply(request, prompt)
        finish = "stop"
        if len(words := text.split(" ")) > (most := int(request.get("max_tokens", 16))):
            text, finish = " ".join(words[:most]), "length"
        part = {"message": {"role": "assistant", "content": text}} if chat else {"text": text}
        reply_tokens = count_words(text)
        body = {
            "id": f"answer-{number}",
            "object": "chat.completion" if chat else "text_completion",
            "created": 0,
            "model": self.chat.model,
            "choices": [] if self.chat.fault == "no choices" else [{"index": 0, "finish_reason": finish, **part}],
            "usage": {
                "prompt_tokens": prompt_tokens,
                "completion_tokens": reply_tokens,
                "total_tokens": prompt_tokens + reply_tokens,
            },
        }
        if self.chat.fault == "latin-1":
            self._bytes(200, json.dumps(body, ensure_ascii=False).encode("latin-1", "replace"), {})
        elif self.chat.fault == "short body" or (self.chat.fault == "short body once" and number == 1):
            data = json.dumps(body).encode()
            self._bytes(200, data[: len(data) // 2], {"Content-Length": str(len(data))})
            self.close_connection = True
        else:
            self._send(200, body)

    def _fail(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        self._send(status, {"error": {"message": message, "type": "error", "code": status}}, headers)

    def _send(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
        self._bytes(status, json.dumps(body).encode(), headers or {})

    def _bytes(self, status: int, data: bytes, headers: Mapping[str, str]) -> None:
        # A client that was killed reads no further; that is its business.
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(data)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
            self.wfile.flush()
