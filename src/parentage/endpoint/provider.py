"""A server that answers for a model, as a case names it, and the inspect model that asks it."""

import importlib.util
import os
import re
import urllib.parse
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from parentage.errors import UsageError

if TYPE_CHECKING:
    from inspect_ai.model import Model

Api = Literal["completions", "chat"]

# The service's name in inspect's model names; it decides nothing, since address and key are given outright.
_SERVICE = "parentage"
# Local servers want no key, but the client insists on sending one.
_NO_KEY = "none"
_KEY_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a million tokens cost, in the currency that the case states."""

    prompt_per_million: float
    reply_per_million: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An OpenAI-compatible server: `url` up to and with /v1, the model's name there, and where its key is found.

    The key itself is in no record: `key_env` names the environment variable that holds it.
    """

    url: str
    model: str
    api: Api = "completions"
    key_env: str | None = None
    price: Price | None = None

    def __post_init__(self) -> None:
        parts = urllib.parse.urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(
                f"endpoint {self.url!r}: must be an http or https address such as http://127.0.0.1:8000/v1"
            )
        if parts.username or parts.password or parts.query or parts.fragment:
            raise UsageError(f"endpoint {parts.hostname}: the address may hold no key, query or fragment; use key_env")
        if self.key_env is not None and not _KEY_NAME.fullmatch(self.key_env):
            raise UsageError(f"endpoint {self.url}: key_env {self.key_env!r}: must be an environment variable's name")
        if not self.model or not self.model.isprintable():
            raise UsageError(f"endpoint {self.url}: model {self.model!r}: must be the model's name on that server")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedModel:
    """A model that inspect opens by its own name, such as `anthropic/...` or `parentage-small/<folder>`.

    `api` says what it takes: one raw prompt, or the messages of a chat.
    """

    name: str
    api: Api
    price: Price | None = None

    @property
    def model(self) -> str:
        """Its name, as an Endpoint has one."""
        return self.name

    @property
    def url(self) -> str:
        """What an error calls it."""
        return self.name


Source = Endpoint | NamedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a call may take and how often it is sent again, so that no server holds a run for ever.

    The client waits as a Retry-After asks, up to a minute, and otherwise from half a second doubling to eight.
    """

    retries: int = 6
    timeout_seconds: float = 300.0

    def __post_init__(self) -> None:
        if not 0 <= self.retries <= 20 or not 0 < self.timeout_seconds <= 3600:
            raise UsageError("patience: 0 to 20 retries, and a timeout of at most 3600 seconds")


DEFAULT_PATIENCE = Patience()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How replies are drawn. All of it is sent with every call: what a server assumes otherwise is not known."""

    temperature: float = 0.7
    top_p: float = 1.0
    max_tokens: int = 256
    stop: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not 0 <= self.temperature <= 5 or not 0 < self.top_p <= 1 or not 1 <= self.max_tokens <= 65536:
            raise UsageError("sampling: temperature 0 to 5, top_p above 0 up to 1, max_tokens 1 to 65536")


def read_key(endpoint: Endpoint) -> str:
    """Return the endpoint's key from the environment; raises UsageError where the named variable is not set."""
    if endpoint.key_env is None:
        return _NO_KEY
    key = os.environ.get(endpoint.key_env, "")
    if not key:
        raise UsageError(f"{endpoint.url}: the environment variable {endpoint.key_env} must hold its key")
    return key


def require_inspect() -> None:
    """Raise UsageError unless the packages that ask are installed."""
    if missing := [name for name in ("inspect_ai", "openai") if importlib.util.find_spec(name) is None]:
        raise UsageError(f"asking a model needs {' and '.join(missing)}: pip install 'parentage[identity]'")


def open_model(source: Source, patience: Patience = DEFAULT_PATIENCE, *, connections: int = 8) -> "Model":
    """Return the inspect model that asks this source; raises UsageError where inspect knows no such name.

    Retries are left to the client below inspect, which waits as long as a server's Retry-After says; inspect's own
    do not, and two layers would multiply.
    """
    require_inspect()
    from inspect_ai.model import GenerateConfig, get_model

    if isinstance(source, NamedModel):
        try:
            return get_model(source.name, config=GenerateConfig(max_retries=patience.retries), memoize=False)
        except Exception as error:  # inspect has no error class of its own for this
            raise UsageError(f"{source.name}: {str(error)[:200]}") from error
    provider = "openai-api-completions" if source.api == "completions" else "openai-api"
    return get_model(
        f"{provider}/{_SERVICE}/{source.model}",
        config=GenerateConfig(max_retries=0, max_connections=connections),
        base_url=source.url,
        api_key=read_key(source),
        memoize=False,
        max_retries=patience.retries,
        client_timeout=patience.timeout_seconds,
    )
