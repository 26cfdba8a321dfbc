"""The small NumPy models as an inspect model: `parentage-small/<folder>` answers raw prompts, with no server.

Importing this module registers the name.
"""

import asyncio
from pathlib import Path

from inspect_ai.model import (
    ChatCompletionChoice,
    ChatMessage,
    ChatMessageAssistant,
    GenerateConfig,
    ModelAPI,
    ModelOutput,
    ModelUsage,
    modelapi,
)
from inspect_ai.tool import ToolChoice, ToolInfo

from parentage.testing.small_model import Drawing, SmallModel

NAME = "parentage-small"
# Calls to the same prompt that arrive together are computed side by side.
_GATHER_SECONDS = 0.002


@modelapi(name=NAME)
class SmallModelAPI(ModelAPI):
    """Answers a single user message as the raw prompt."""

    def __init__(
        self,
        model_name: str,
        base_url: str | None = None,
        api_key: str | None = None,
        config: GenerateConfig = GenerateConfig(),  # noqa: B008 - the signature that inspect calls
    ) -> None:
        super().__init__(model_name, base_url, api_key, [], config)
        self._model = SmallModel(Path(model_name))
        self._name = Path(model_name).name
        self._waiting: dict[str, list[tuple[Drawing, asyncio.Future[ModelOutput]]]] = {}

    async def generate(
        self,
        input: list[ChatMessage],
        tools: list[ToolInfo],
        tool_choice: ToolChoice,
        config: GenerateConfig,
    ) -> ModelOutput:
        """Return the reply; the same seed and prompt give the same one."""
        if len(input) != 1 or input[0].role != "user":
            raise TypeError(f"{NAME} takes a single user message: the raw prompt")
        drawing = Drawing(
            seed=config.seed or 0,
            temperature=0.7 if config.temperature is None else config.temperature,
            top_p=1.0 if config.top_p is None else config.top_p,
            max_tokens=config.max_tokens or 96,
        )
        prompt = input[0].text
        future: asyncio.Future[ModelOutput] = asyncio.get_running_loop().create_future()
        queue = self._waiting.setdefault(prompt, [])
        queue.append((drawing, future))
        if len(queue) == 1:
            await asyncio.sleep(_GATHER_SECONDS)
            self._answer(prompt)
        return await future

    def max_connections(self) -> int:
        """Return how many calls may wait at once."""
        return 20

    def _answer(self, prompt: str) -> None:
        """Answer everything that waits for this prompt. An error of the first is the error of all."""
        waiting = self._waiting.pop(prompt)
        try:
            replies = self._model.reply(prompt, [drawing for drawing, _ in waiting])
        except Exception as error:  # noqa: BLE001 - handed on to every caller
            for _, future in waiting:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), reply in zip(waiting, replies, strict=True):
            choice = ChatCompletionChoice(
                message=ChatMessageAssistant(content=reply.text, model=self._name, source="generate"),
                stop_reason="stop" if reply.ended else "max_tokens",
            )
            usage = ModelUsage(
                input_tokens=reply.prompt_tokens,
                output_tokens=reply.reply_tokens,
                total_tokens=reply.prompt_tokens + reply.reply_tokens,
            )
            if not future.done():
                future.set_result(ModelOutput(model=self._name, choices=[choice], usage=usage))
