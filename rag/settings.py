"""Settings: from `settings.toml` in the home, then `SSTC_CHAT_…` variables, then flags; later wins."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path, user_data_path

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.index.dense.design import CHOICES
from sstc_chat.index.encoders import ModelChoice
from sstc_chat.index.milvus.address import Address

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PREFIX = "SSTC_CHAT_"
NAME = "settings.toml"
HIGHEST_PORT = 65535
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _setting(  # noqa: PLR0913 - what is said of a setting
    default: Any,  # noqa: ANN401
    meaning: str,
    low: int = 0,
    high: int = 0,
    of: tuple[str, ...] = (),
    *,
    secret: bool = False,
) -> Any:  # noqa: ANN401
    said = {"meaning": meaning, "low": low, "high": high, "of": of, "secret": secret}
    return field(default=default, repr=not secret, metadata=said)


@dataclass(frozen=True)
class Settings:
    """Everything that can be set. A whole number must lie between the bounds given with it."""

    home: Path
    english_model: str = _setting("all-MiniLM-L6-v2", "encoder for questions in English")
    english_question_prefix: str = _setting("", "what that model wants before a question")
    english_passage_prefix: str = _setting("", "what that model wants before a passage")
    multilingual_model: str = _setting("multilingual-use", "encoder for other languages")
    multilingual_question_prefix: str = _setting("", "what that model wants before a question")
    multilingual_passage_prefix: str = _setting("", "what that model wants before a passage")
    reranker: str = _setting("", "cross-encoder that puts passages in order; none if empty")
    chunk_size: int = _setting(800, "most characters in a chunk", 100, 10_000)
    dense: str = _setting(
        "auto",
        "how vectors are searched: `flat`, all of them; `ivf`, the lists nearest; `auto`, by their number",
        of=CHOICES,
    )
    store: str = _setting(
        "local",
        "where questions look: `local`, in the home; `milvus`, on a server that many can ask",
        of=("local", "milvus"),
    )
    milvus_uri: str = _setting("http://localhost:19530", "address of a Milvus server; a path is a database")
    milvus_token: str = _setting("", "`user:password` or a key for it; never a flag", secret=True)
    host: str = _setting("127.0.0.1", "address that `serve` listens on")
    port: int = _setting(7860, "port that `serve` listens on; 0 takes one that is free", 0, HIGHEST_PORT)
    processes: int = _setting(1, "how many processes answer for `serve`", 1, 64)
    log_format: str = _setting("text", "how `serve` logs: `text` or `json`", of=("text", "json"))
    log_level: str = _setting(
        "warning",
        "what it logs, from there up: `debug`, `info` (each request and question), `warning` or `error`",
        of=("debug", "info", "warning", "error"),
    )
    log_questions: str = _setting(
        "off", "whether the log says what is asked: `on` or `off`", of=("on", "off")
    )
    metrics_host: str = _setting("127.0.0.1", "address that figures for Prometheus are served at")
    metrics_port: int = _setting(0, "port that they are served at; none if 0", 0, HIGHEST_PORT)
    feedback_days: int = _setting(0, "how many days feedback is kept; until it is removed if 0", 0, 36_500)
    contact: str = _setting("", "whom readers may write to about their data, as they are told it")
    llm_base_url: str = _setting(
        "", "server of a language model, such as http://localhost:11434/v1; none if empty"
    )
    llm_model: str = _setting("default", "what that server calls the model")
    llm_api_key: str = _setting("", "key for that server; in a variable or a file, never a flag", secret=True)
    llm_seconds: int = _setting(
        20, "longest that a language model may take for an answer, in seconds", 1, 600
    )
    checker: str = _setting("", "cross-encoder that checks what that model writes; learned trees if empty")
    checker_percent: int = _setting(
        90, "from how many per cent of that cross-encoder on a sentence is shown", 1, 100
    )
    cache: str = _setting(
        "", "folder for what is made of models once; where your system keeps caches if empty"
    )
    documents: str = _setting(
        "local",
        "who may change the library on the page: `local`, `edit` or `read`",
        of=("local", "edit", "read"),
    )
    readers: str = _setting(
        "open",
        "who may ask on the page: `open`, everybody; `signed-in`, who signs in",
        of=("open", "signed-in"),
    )
    requests_a_minute: int = _setting(
        600, "how many requests of one person, or of one address, `serve` takes in a minute", 1, 1_000_000
    )
    requests_at_once: int = _setting(20, "how many of them that are not answered yet", 1, 10_000)
    session_hours: int = _setting(12, "how long somebody stays signed in, in hours", 1, 24 * 30)
    public_address: str = _setting(
        "", "address of the page as browsers know it, such as https://chat.example.org; told by them if empty"
    )
    oidc_issuer: str = _setting(
        "",
        "provider of OpenID Connect to sign in with, such as https://login.example.org; none if empty",
    )
    oidc_client_id: str = _setting("", "what that provider knows this service by")
    oidc_client_secret: str = _setting(
        "", "secret for that provider; in a variable or a file, never a flag", secret=True
    )
    oidc_claim: str = _setting("roles", "claim of its ID tokens that tells what somebody may do")
    oidc_roles: str = _setting(
        "", "what that claim says for a role, such as evaluator=GROUP,administrator=GROUP"
    )
    trusted_proxies: str = _setting(
        "127.0.0.1,::1", "proxies that are believed who asks: addresses or networks, with commas between"
    )

    @property
    def exports(self) -> Path:
        """The folder of what is made of models once."""
        default = user_cache_path("sstc-chat", appauthor=False)
        return Path(self.cache).expanduser().absolute() if self.cache else default

    def models(self) -> dict[str, ModelChoice]:
        """Return which model encodes what."""
        return {
            "english": ModelChoice(
                self.english_model, self.english_question_prefix, self.english_passage_prefix
            ),
            "multilingual": ModelChoice(
                self.multilingual_model,
                self.multilingual_question_prefix,
                self.multilingual_passage_prefix,
            ),
        }

    def milvus(self) -> Address | None:
        """Return the address of the server where questions look; None where they look in the home."""
        return Address(self.milvus_uri, self.milvus_token) if self.store == "milvus" else None

    def index_settings(self) -> dict[str, int]:
        """Return the settings that the content of an index depends on, models apart."""
        return {"chunk_size": self.chunk_size}


def load_settings(flags: Mapping[str, object], environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings that hold, each validated where it was read.

    Parameters
    ----------
    flags
        From the command line; what is None was not given.
    environment
        The environment variables.

    Raises
    ------
    SettingsError
        If a setting is unknown, of the wrong type or out of bounds, or the file is not TOML.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    home = Path(str(given.pop("home", None) or environment.get(f"{PREFIX}HOME") or _default_home()))
    values: dict[str, object] = {}
    for name, value in _file_settings(home / NAME).items():
        values[name] = _valid(name, value, f"{home / NAME}")
    for one in fields(Settings):
        variable = PREFIX + one.name.upper()
        if one.name != "home" and variable in environment:
            values[one.name] = _valid(one.name, environment[variable], variable)
    for name, value in given.items():
        values[name] = _valid(name, value, f"--{name.replace('_', '-')}")
    return Settings(home.expanduser().absolute(), **values)  # type: ignore[arg-type]


def _default_home() -> Path:
    return user_data_path("sstc-chat", appauthor=False)


def _file_settings(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read as TOML: {error}. Mend or remove it.") from error


def _valid(name: str, value: object, where: str) -> object:
    """Return `value` as the type its setting has."""
    known = {one.name: one for one in fields(Settings) if one.name != "home"}
    if name not in known:
        raise SettingsError(f"{where} sets {name!r}, which is none of: {', '.join(known)}.")
    allowed = known[name].metadata["of"]
    if allowed and value not in allowed:
        raise SettingsError(f"{where} is {value!r}. Give {name} one of: {', '.join(allowed)}.")
    if isinstance(known[name].default, str):
        return str(value)
    low, high = known[name].metadata["low"], known[name].metadata["high"]
    try:
        number = int(str(value))
    except ValueError as error:
        raise SettingsError(f"{where} is {value!r}. Give a whole number for {name}.") from error
    if not low <= number <= high:
        raise SettingsError(f"{where} is {number}. Give {name} a value from {low} to {high}.")
    return number
