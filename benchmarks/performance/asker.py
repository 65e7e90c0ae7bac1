"""A connection of somebody who asks, lean since those who ask share the processors with the server."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

OK = 200


class Asker:
    """One person's connection to a page, kept open from question to question as a browser does.

    Parameters
    ----------
    address
        Of the page in a language.
    """

    def __init__(self, address: str) -> None:
        self._url = urlsplit(address)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, told: Mapping[str, object]) -> str:
        """Return the turn of a question.

        Raises
        ------
        OSError, EOFError, ValueError
            If nothing comes back, or something else than a turn.
        """
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._url.hostname, self._url.port)
        reader, writer = self._streams
        body = json.dumps(told).encode()
        head = f"POST {self._url.path}/ask HTTP/1.1\r\nHost: {self._url.netloc}\r\nAccept-Encoding: gzip\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        status, headers = _read(await reader.readuntil(b"\r\n\r\n"))
        content = await reader.readexactly(int(headers["content-length"]))
        if status != OK:
            raise ValueError(f"{status} {content[:200]!r}")
        return (gzip.decompress(content) if "content-encoding" in headers else content).decode()

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


def _read(head: bytes) -> tuple[int, dict[str, str]]:
    """Return the status and the headers at the beginning of an answer."""
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    headers = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in headers}
