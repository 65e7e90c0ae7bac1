"""One generation of collections on a Milvus server: rows are put in, taken out, read and searched."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sstc_chat.index.milvus.connection import Connection
from sstc_chat.index.milvus.definition import NOTHING
from sstc_chat.index.types import Scored, Vectors

# The name of the alias, with which those of all collections begin.
ALIAS = "sstc_chat"
# How many rows are sent or asked for at a time: Milvus returns no more than 16,384, and takes 64 MB.
BATCH = 500
Row = dict[str, Any]
# The name of a field, and the values it may have.
Limit = tuple[str, Collection[int]] | None


class Generation:
    """The collections of a generation.

    Parameters
    ----------
    connection
        To the server that holds them.
    number
        Which generation it is.

    Raises
    ------
    StoreError, IndexMissingError
        In all that is asked of it: if the server cannot be reached, or refuses, or holds it no more.
    """

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self.number = number

    def put(self, name: str, rows: Iterable[Row]) -> None:
        """Put rows in, each in place of one with the same key."""
        batch: list[Row] = []
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                self._put(name, batch)
                batch = []
        self._put(name, batch)

    def remove(self, name: str, field: str, values: Collection[int | str]) -> None:
        """Take the rows out whose `field` is one of `values`."""
        with self._connection.told():
            for part in _parts(values):
                self._connection.client.delete(collection_name(self.number, name), filter=_among(field, part))

    def rows(self, name: str, field: str, values: Collection[int | str], wanted: Sequence[str]) -> list[Row]:
        """Return the fields `wanted` of the rows whose `field` is one of `values`."""
        found: list[Row] = []
        with self._connection.told():
            for part in _parts(values):
                found += self._connection.client.query(
                    collection_name(self.number, name), filter=_among(field, part), output_fields=list(wanted)
                )
        return found

    def every(self, name: str, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield the fields `wanted` of all rows."""
        with self._connection.told():
            iterator = self._connection.client.query_iterator(
                collection_name(self.number, name), batch_size=BATCH, output_fields=list(wanted)
            )
            while batch := iterator.next():
                yield from batch
            iterator.close()

    def nearest(
        self,
        field: str,
        vector: Vectors,
        top: int,
        within: Limit,
    ) -> Scored:
        """Return (number, cosine) of passages; `within` is what they are limited to."""
        return self._search(field, vector.tolist(), top, within)

    def matching(self, words: str, top: int, within: Limit) -> Scored:
        """Return (number, BM25 score) of passages; `within` is what they are limited to."""
        found = self._search("searched_words", words, top, within)
        # Milvus Lite has them negative.
        return [(one, abs(score)) for one, score in found]

    def _search(self, field: str, wanted: str | list[float], top: int, within: Limit) -> Scored:
        limits = {"filter": _among(*within)} if within else {}
        with self._connection.told():
            (found,) = self._connection.client.search(
                collection_name(self.number, "passages"),
                data=[wanted],
                anns_field=field,
                search_params={"metric_type": "BM25" if isinstance(wanted, str) else "IP"},
                limit=top,
                output_fields=["number"],
                **limits,
            )
        return [(int(one["number"]), float(one["distance"])) for one in found]

    def _put(self, name: str, rows: Sequence[Row]) -> None:
        if rows:
            without = not any(isinstance(value, list) for value in rows[0].values())
            filled = [{**row, **NOTHING} for row in rows] if without else list(rows)
            with self._connection.told():
                self._connection.client.upsert(collection_name(self.number, name), filled)


def collection_name(generation: int, name: str) -> str:
    """Return what one of the collections of a generation is called on the server."""
    return f"{ALIAS}_{generation}_{name}"


def _among(field: str, values: Collection[int | str]) -> str:
    """Return the condition that `field` is one of `values`; texts are names that we made."""
    return f"{field} in {json.dumps(list(values), ensure_ascii=False)}"


def _parts(values: Collection[int | str]) -> Iterator[list[int | str]]:
    listed = list(values)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]
