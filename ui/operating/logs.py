"""Logs: one line for each event, in JSON or to read; no question is in them unless that is switched on."""

from __future__ import annotations

import logging
import secrets
import sys
from contextvars import ContextVar

FIELDS = "{asctime}{levelname}{name}{request}{message}"
LONGEST_NUMBER = 64
request: ContextVar[str] = ContextVar("request", default="")


class _Request(logging.Filter):
    """Gives each record the number of the request in whose course it was made."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request = request.get()
        return True


class _Text(logging.Formatter):
    """One line for each record, whatever is in it."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace("\r", "\\r").replace("\n", "\\n")


def begin_request(given: str = "") -> str:
    """Begin a request under a number of its own, or the one that a proxy has `given` it; return that."""
    name = (
        given
        if given.isascii() and given.isalnum() and len(given) <= LONGEST_NUMBER
        else secrets.token_hex(8)
    )
    request.set(name)
    return name


def begin_logging(form: str, level: str) -> None:
    """Have everything that is logged go to standard error, as `json` or as `text`.

    Of other libraries only what they warn of, of this program what is of `level` or more. What Python warns
    of is for those who write programs: it is there at the level `debug`.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Request())
    handler.setFormatter(_json() if form == "json" else _Text("%(levelname)s %(request)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("sstc_chat").setLevel(level.upper())
    logging.captureWarnings(capture=True)
    logging.getLogger("py.warnings").setLevel(logging.WARNING if level == "debug" else logging.ERROR)


def _json() -> logging.Formatter:
    from pythonjsonlogger.json import JsonFormatter

    renamed = {"asctime": "time", "levelname": "level", "name": "logger"}
    return JsonFormatter(FIELDS, style="{", rename_fields=renamed, datefmt="%Y-%m-%dT%H:%M:%S%z")
