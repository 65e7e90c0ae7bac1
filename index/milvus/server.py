"""A Milvus server: the generations of collections that it holds, one of them in use.

The alias `sstc_chat` leads to the facts of the generation in use, whose name tells those of all its other
collections: to change that one alias is to change them all at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sstc_chat.corpus.errors import IndexMissingError
from sstc_chat.index.milvus.address import Address
from sstc_chat.index.milvus.connection import Connection
from sstc_chat.index.milvus.definition import definition_of
from sstc_chat.index.milvus.generation import ALIAS, Generation, collection_name
from sstc_chat.index.milvus.schema import Field


class Server:
    """A server that is asked.

    Raises
    ------
    StoreError
        Here and in all that is asked of it: if it cannot be reached, or refuses.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._connection = Connection(address)

    def generation(self) -> Generation | None:
        """Return the generation in use; None where there is none."""
        try:
            with self._connection.told():
                name = self._connection.client.describe_collection(ALIAS)["collection_name"]
        except IndexMissingError:
            return None
        found = re.fullmatch(rf"{ALIAS}_(\d+)_facts", name)
        return Generation(self._connection, int(found[1])) if found else None

    def create(self, generation: int, collections: Mapping[str, Sequence[Field]]) -> Generation:
        """Create the collections of a generation, in place of what a broken attempt may have left."""
        self.drop(generation)
        with self._connection.told():
            for name, fields in collections.items():
                schema, indexes = definition_of(self._connection, fields)
                self._connection.client.create_collection(
                    collection_name(generation, name),
                    schema=schema,
                    index_params=indexes,
                    properties={} if name == "passages" else {"mmap.enabled": "true"},
                    consistency_level="Session" if name == "facts" else "Bounded",
                )
        return Generation(self._connection, generation)

    def use(self, generation: int) -> None:
        """Put a generation in use, in one change."""
        name = collection_name(generation, "facts")
        with self._connection.told():
            if ALIAS in self._aliases():
                self._connection.client.alter_alias(name, ALIAS)
            else:
                self._connection.client.create_alias(name, ALIAS)

    def stop_using(self) -> None:
        """Put no generation in use."""
        with self._connection.told():
            if ALIAS in self._aliases():
                self._connection.client.drop_alias(ALIAS)

    def generations(self) -> set[int]:
        """Return the generations of which there are collections."""
        with self._connection.told():
            names = self._connection.client.list_collections()
        found = (re.fullmatch(rf"{ALIAS}_(\d+)_\w+", one) for one in names)
        return {int(one[1]) for one in found if one}

    def drop(self, generation: int) -> None:
        """Drop what there is of a generation."""
        with self._connection.told():
            for name in self._connection.client.list_collections():
                if name.startswith(f"{ALIAS}_{generation}_"):
                    self._connection.client.drop_collection(name)

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _aliases(self) -> list[str]:
        return [
            alias
            for name in self._connection.client.list_collections()
            if name.endswith("_facts")
            for alias in self._connection.client.list_aliases(name)["aliases"]
        ]
