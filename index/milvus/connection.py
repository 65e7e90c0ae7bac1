"""A connection to a Milvus server, through pymilvus (Apache-2.0), and what goes wrong with it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sstc_chat.corpus.errors import IndexMissingError, StoreError
from sstc_chat.index.milvus.address import Address

PATIENCE = 20.0
MISSING = 100


class Connection:
    """A connection to a server.

    Attributes
    ----------
    client
        What the server is asked through; see `told`.
    pymilvus
        The package, which only this module imports.

    Raises
    ------
    StoreError
        If the server cannot be reached, or refuses.
    """

    def __init__(self, address: Address) -> None:
        # What goes wrong is told by an error, and not by what the libraries below print.
        os.environ.setdefault("GRPC_VERBOSITY", "NONE")
        try:
            import pymilvus
        except ImportError as error:
            raise StoreError("pymilvus is not installed. Run: pip install 'sstc-chat[milvus]'") from error
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        self.address = address
        self.pymilvus: Any = pymilvus
        with self.told():
            self.client: Any = pymilvus.MilvusClient(uri=address.uri, token=address.token, timeout=PATIENCE)

    def close(self) -> None:
        """End the connection."""
        self.client.close()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell what goes wrong by an error that names the server, what it said and the remedy."""
        from pymilvus.exceptions import MilvusException

        uri = self.address.shown
        try:
            yield
        except MilvusException as error:
            said = error.message
            if error.code == MISSING or "not exist" in said or "not found" in said:
                raise IndexMissingError(
                    f"There is no library in Milvus at {uri} ({said}). Run: sstc-chat index publish"
                ) from error
            if "auth" in said.lower():
                remedy = "Give the right token in SSTC_CHAT_MILVUS_TOKEN."
                raise StoreError(f"Milvus at {uri} lets nobody in with this token. {remedy}") from None
            raise StoreError(
                f"Milvus at {uri} does not do what it is asked ({said}). See whether it runs, "
                "and whether milvus_uri leads there."
            ) from error
