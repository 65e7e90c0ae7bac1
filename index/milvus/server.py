"""What is asked of a Milvus server, through pymilvus (Apache-2.0): one generation of collections.

The alias `sstc_chat` leads to the facts of the generation in use, whose name tells those of all its other
collections: to change that one alias is to change them all at once.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sstc_chat.corpus.errors import IndexMissingError, StoreError
from sstc_chat.index.milvus.address import Address
from sstc_chat.index.milvus.schema import LONGEST, Field
from sstc_chat.index.types import Scored, Vectors

ALIAS = "sstc_chat"
PATIENCE = 20.0
# How many rows are sent or asked for at a time: Milvus returns no more than 16,384, and takes 64 MB.
BATCH = 500
MISSING = 100
# As FTS5 has them; see `lexical.py`.
K1, B = 1.2, 0.75
# Words come as stems, with spaces between.
ANALYZER = {"tokenizer": "standard"}
# Milvus keeps no row without a vector.
NOTHING = {"nothing": [1.0, 0.0]}
Row = dict[str, Any]
# The name of a field, and the values it may have.
Limit = tuple[str, Collection[int]] | None


class Server:
    """A connection to a server.

    Raises
    ------
    StoreError
        Here and in all that is asked of it: if it cannot be reached, or refuses.
    """

    def __init__(self, address: Address) -> None:
        # What goes wrong is told by an error, and not by what the libraries below print.
        os.environ.setdefault("GRPC_VERBOSITY", "NONE")
        try:
            from pymilvus import MilvusClient
        except ImportError as error:
            raise StoreError("pymilvus is not installed. Run: pip install 'sstc-chat[milvus]'") from error
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        self.address = address
        with self._told():
            self._client: Any = MilvusClient(uri=address.uri, token=address.token, timeout=PATIENCE)

    def generation(self) -> int | None:
        """Return which generation is in use; None where there is none."""
        try:
            with self._told():
                name = self._client.describe_collection(ALIAS)["collection_name"]
        except IndexMissingError:
            return None
        found = re.fullmatch(rf"{ALIAS}_(\d+)_facts", name)
        return int(found[1]) if found else None

    def create(self, generation: int, collections: Mapping[str, Sequence[Field]]) -> None:
        """Create the collections of a generation, in place of what a broken attempt may have left."""
        self.drop(generation)
        with self._told():
            for name, fields in collections.items():
                schema, indexes = self._schema(fields)
                self._client.create_collection(
                    _name(generation, name),
                    schema=schema,
                    index_params=indexes,
                    properties={} if name == "passages" else {"mmap.enabled": "true"},
                    consistency_level="Session" if name == "facts" else "Bounded",
                )

    def use(self, generation: int) -> None:
        """Put a generation in use, in one change."""
        name = _name(generation, "facts")
        with self._told():
            if ALIAS in self._aliases():
                self._client.alter_alias(name, ALIAS)
            else:
                self._client.create_alias(name, ALIAS)

    def stop_using(self) -> None:
        """Put no generation in use."""
        with self._told():
            if ALIAS in self._aliases():
                self._client.drop_alias(ALIAS)

    def generations(self) -> set[int]:
        """Return the generations of which there are collections."""
        with self._told():
            names = (re.fullmatch(rf"{ALIAS}_(\d+)_\w+", one) for one in self._client.list_collections())
        return {int(one[1]) for one in names if one}

    def drop(self, generation: int) -> None:
        """Drop what there is of a generation."""
        with self._told():
            for name in self._client.list_collections():
                if name.startswith(f"{ALIAS}_{generation}_"):
                    self._client.drop_collection(name)

    def put(self, generation: int, name: str, rows: Iterable[Row]) -> None:
        """Put rows in, each in place of one with the same key."""
        batch: list[Row] = []
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                self._put(generation, name, batch)
                batch = []
        self._put(generation, name, batch)

    def remove(self, generation: int, name: str, field: str, values: Collection[int | str]) -> None:
        """Take the rows out whose `field` is one of `values`."""
        with self._told():
            for part in _parts(values):
                self._client.delete(_name(generation, name), filter=_among(field, part))

    def rows(
        self, generation: int, name: str, field: str, values: Collection[int | str], wanted: Sequence[str]
    ) -> list[Row]:
        """Return the fields `wanted` of the rows whose `field` is one of `values`."""
        found: list[Row] = []
        with self._told():
            for part in _parts(values):
                found += self._client.query(
                    _name(generation, name), filter=_among(field, part), output_fields=list(wanted)
                )
        return found

    def every(self, generation: int, name: str, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield the fields `wanted` of all rows."""
        with self._told():
            iterator = self._client.query_iterator(
                _name(generation, name), batch_size=BATCH, output_fields=list(wanted)
            )
            while batch := iterator.next():
                yield from batch
            iterator.close()

    def nearest(
        self,
        generation: int,
        field: str,
        vector: Vectors,
        top: int,
        within: Limit,
    ) -> Scored:
        """Return (number, cosine) of passages; `within` is what they are limited to."""
        return self._search(generation, field, vector.tolist(), top, within)

    def matching(self, generation: int, words: str, top: int, within: Limit) -> Scored:
        """Return (number, BM25 score) of passages; `within` is what they are limited to."""
        found = self._search(generation, "searched_words", words, top, within)
        # Milvus Lite has them negative.
        return [(one, abs(score)) for one, score in found]

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def _search(
        self, generation: int, field: str, wanted: str | list[float], top: int, within: Limit
    ) -> Scored:
        limits = {"filter": _among(*within)} if within else {}
        with self._told():
            (found,) = self._client.search(
                _name(generation, "passages"),
                data=[wanted],
                anns_field=field,
                search_params={"metric_type": "BM25" if isinstance(wanted, str) else "IP"},
                limit=top,
                output_fields=["number"],
                **limits,
            )
        return [(int(one["number"]), float(one["distance"])) for one in found]

    def _put(self, generation: int, name: str, rows: Sequence[Row]) -> None:
        if rows:
            without = not any(isinstance(value, list) for value in rows[0].values())
            filled = [{**row, **NOTHING} for row in rows] if without else list(rows)
            with self._told():
                self._client.upsert(_name(generation, name), filled)

    def _aliases(self) -> list[str]:
        return [
            alias
            for name in self._client.list_collections()
            if name.endswith("_facts")
            for alias in self._client.list_aliases(name)["aliases"]
        ]

    def _schema(self, fields: Sequence[Field]) -> tuple[Any, Any]:
        """Return what pymilvus makes of fields, and the indexes that they need."""
        from pymilvus import DataType, Function, FunctionType

        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        indexes = self._client.prepare_index_params()
        for place, one in enumerate(fields):
            key: Row = {"is_primary": True} if place == 0 else {}
            if one.kind == "number":
                schema.add_field(one.name, DataType.INT64, **key)
            elif one.kind in {"vector", "near"}:
                schema.add_field(one.name, DataType.FLOAT_VECTOR, dim=one.dimension)
                # An index costs memory; Milvus wants one for what is only kept, too, and so that is none.
                index = "AUTOINDEX" if one.kind == "near" else "FLAT"
                indexes.add_index(one.name, index_type=index, metric_type="IP")
            else:
                analyzed = {"enable_analyzer": True, "analyzer_params": ANALYZER}
                more = analyzed if one.kind == "searched" else {}
                schema.add_field(one.name, DataType.VARCHAR, max_length=LONGEST, **key, **more)
            if one.kind == "searched":
                words = f"{one.name}_words"
                schema.add_field(words, DataType.SPARSE_FLOAT_VECTOR)
                schema.add_function(Function(words, FunctionType.BM25, [one.name], [words]))
                said = {"bm25_k1": K1, "bm25_b": B}
                indexes.add_index(words, index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params=said)
        if not any(one.dimension for one in fields):
            schema.add_field(*NOTHING, DataType.FLOAT_VECTOR, dim=2)
            indexes.add_index(*NOTHING, index_type="FLAT", metric_type="IP")
        return schema, indexes

    @contextmanager
    def _told(self) -> Iterator[None]:
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


def _name(generation: int, name: str) -> str:
    return f"{ALIAS}_{generation}_{name}"


def _among(field: str, values: Collection[int | str]) -> str:
    """Return the condition that `field` is one of `values`; texts are names that we made."""
    return f"{field} in {json.dumps(list(values), ensure_ascii=False)}"


def _parts(values: Collection[int | str]) -> Iterator[list[int | str]]:
    listed = list(values)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]
