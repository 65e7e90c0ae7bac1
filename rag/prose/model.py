"""A language model behind any server that speaks OpenAI's protocol.

Only here is `openai` imported, and only where a server is set. What comes back is text and nothing else: the
model has no tools, and it is the gate that says what of it is shown.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, cast

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.rag.prose.types import ModelFailureError

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam
    from pybreaker import CircuitBreaker

Messages = Sequence[Mapping[str, str]]
# In tokens and in characters: a model that does not end is ended.
MOST_TOKENS = 400
MOST_CHARACTERS = 6000
CONNECT_SECONDS = 3.0
RETRIES = 1
# One failure is enough: for so long nobody waits for this server again.
PAUSE_SECONDS = 30
# How a server says that it gave up, if it does.
ENDINGS = {"length": "endless", "content_filter": "cut"}


class Model(Protocol):
    """What writes."""

    @property
    def name(self) -> str:
        """What the model is called."""

    def stream(self, messages: Messages) -> Iterator[str]:
        """Yield what the model writes as it arrives.

        Raises
        ------
        ModelFailureError
            If it does not answer, or not in time, or breaks off; what was yielded before stands.
        """


@dataclass(frozen=True)
class OpenAIModel:
    """A model on a server.

    Attributes
    ----------
    seconds
        How long an answer may take, from the question to the last word.
    """

    client: OpenAI = field(repr=False)
    name: str
    seconds: float
    breaker: CircuitBreaker = field(repr=False)

    def stream(self, messages: Messages) -> Iterator[str]:
        """Yield what the model writes, until it ends, fails or has had its time."""
        from pybreaker import CircuitBreakerError

        try:
            with self.breaker.calling():
                yield from self._limited(messages)
        except CircuitBreakerError as error:
            raise ModelFailureError("paused") from error

    def _limited(self, messages: Messages) -> Iterator[str]:
        end = time.monotonic() + self.seconds
        reading = _Reading(self.client, self.name, messages, self.seconds)
        written = 0
        try:
            while (text := reading.next(end - time.monotonic())) is not None:
                written += len(text)
                yield text[: MOST_CHARACTERS + len(text) - written] if written > MOST_CHARACTERS else text
                if written >= MOST_CHARACTERS:
                    raise ModelFailureError("endless")
        finally:
            reading.stop()


class _Reading:
    """Reads a stream in a thread of its own, so that neither a deadline nor a stop waits for the network."""

    def __init__(self, client: OpenAI, name: str, messages: Messages, seconds: float) -> None:
        self._pieces: queue.SimpleQueue[str | ModelFailureError | None] = queue.SimpleQueue()
        self._stopped = threading.Event()
        arguments = (client, name, messages, seconds)
        threading.Thread(target=self._read, args=arguments, name="language-model", daemon=True).start()

    def next(self, seconds: float) -> str | None:
        """Return the next piece, or None at the end."""
        try:
            piece = self._pieces.get(timeout=max(0.0, seconds))
        except queue.Empty:
            raise ModelFailureError("slow") from None
        if isinstance(piece, ModelFailureError):
            raise piece
        return piece

    def stop(self) -> None:
        """Read no further."""
        self._stopped.set()

    def _read(self, client: OpenAI, name: str, messages: Messages, seconds: float) -> None:
        try:
            with client.chat.completions.create(
                model=name,
                messages=cast("list[ChatCompletionMessageParam]", list(messages)),
                max_tokens=MOST_TOKENS,
                temperature=0,
                stream=True,
                timeout=seconds,
            ) as stream:
                self._pass_on(stream)
        except Exception as error:
            self._pieces.put(ModelFailureError(_kind(error)))

    def _pass_on(self, stream: Iterable[ChatCompletionChunk]) -> None:
        reason = ""
        for chunk in stream:
            if self._stopped.is_set():
                return
            # A server may send anything: the client builds its objects without checking them.
            for choice in chunk.choices or []:
                if isinstance(choice.delta.content, str) and choice.delta.content:
                    self._pieces.put(choice.delta.content)
                reason = choice.finish_reason or reason
        failure = ENDINGS.get(reason) if reason else "cut"
        self._pieces.put(ModelFailureError(failure) if failure else None)


def _kind(error: Exception) -> str:
    """Return what a reader is told of an error of the client, whose own text may hold anything."""
    import openai

    kinds: tuple[tuple[type[Exception], str], ...] = (
        (openai.APITimeoutError, "slow"),
        (openai.APIConnectionError, "unreachable"),
        (openai.AuthenticationError, "refused"),
        (openai.PermissionDeniedError, "refused"),
        (openai.NotFoundError, "unknown"),
        (openai.RateLimitError, "busy"),
    )
    return next((kind for known, kind in kinds if isinstance(error, known)), "broken")


def open_model(base_url: str, name: str, key: str, seconds: float) -> OpenAIModel:
    """Return the model `name` of the server at `base_url`; nothing is asked of it yet.

    Raises
    ------
    SettingsError
        If the address is none, or what speaks with such servers is not installed.
    """
    if not base_url.startswith(("http://", "https://")):
        raise SettingsError(
            f"llm_base_url is {base_url!r}. Give the address of a server, such as http://localhost:11434/v1."
        )
    try:
        from openai import OpenAI, Timeout
        from pybreaker import CircuitBreaker
    except ImportError as error:
        raise SettingsError(
            f"llm_base_url is set, and the package {error.name} is not installed. "
            "Run: pip install 'sstc-chat[llm]'"
        ) from error
    client = OpenAI(
        base_url=base_url,
        api_key=key or "none",
        timeout=Timeout(seconds, connect=min(seconds, CONNECT_SECONDS)),
        max_retries=RETRIES,
    )
    breaker = CircuitBreaker(
        fail_max=1, reset_timeout=PAUSE_SECONDS, exclude=[_is_no_outage], throw_new_error_on_trip=False
    )
    return OpenAIModel(client, name, seconds, breaker)


def _is_no_outage(error: BaseException) -> bool:
    """Whether the server answered, however badly, or the reader went away."""
    return isinstance(error, GeneratorExit) or getattr(error, "kind", "") in {"endless", "cut"}
