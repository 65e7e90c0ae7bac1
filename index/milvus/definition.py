"""What a collection is to Milvus: the types of its fields, how texts are analyzed, and its indexes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sstc_chat.index.milvus.connection import Connection
from sstc_chat.index.milvus.schema import LONGEST, Field

# As FTS5 has them; see `lexical.py`.
K1, B = 1.2, 0.75
# Words come as stems, with spaces between.
ANALYZER = {"tokenizer": "standard"}
# Milvus keeps no row without a vector.
NOTHING = {"nothing": [1.0, 0.0]}


def definition_of(connection: Connection, fields: Sequence[Field]) -> tuple[Any, Any]:
    """Return what pymilvus makes of fields, and the indexes that they need."""
    types = connection.pymilvus.DataType
    schema = connection.client.create_schema(auto_id=False, enable_dynamic_field=False)
    indexes = connection.client.prepare_index_params()
    for place, one in enumerate(fields):
        key = {"is_primary": True} if place == 0 else {}
        if one.kind == "number":
            schema.add_field(one.name, types.INT64, **key)
        elif one.kind in {"vector", "near"}:
            schema.add_field(one.name, types.FLOAT_VECTOR, dim=one.dimension)
            # An index costs memory; Milvus wants one for what is only kept, too, and so that is none.
            index = "AUTOINDEX" if one.kind == "near" else "FLAT"
            indexes.add_index(one.name, index_type=index, metric_type="IP")
        else:
            analyzed = {"enable_analyzer": True, "analyzer_params": ANALYZER}
            more = analyzed if one.kind == "searched" else {}
            schema.add_field(one.name, types.VARCHAR, max_length=LONGEST, **key, **more)
        if one.kind == "searched":
            _add_words(connection.pymilvus, schema, indexes, one.name)
    if not any(one.dimension for one in fields):
        schema.add_field(*NOTHING, types.FLOAT_VECTOR, dim=2)
        indexes.add_index(*NOTHING, index_type="FLAT", metric_type="IP")
    return schema, indexes


def _add_words(pymilvus: Any, schema: Any, indexes: Any, name: str) -> None:  # noqa: ANN401 - it has no types
    """Add what Milvus makes of a text that is searched: its words, weighed, and their index."""
    words, functions = f"{name}_words", pymilvus.FunctionType
    schema.add_field(words, pymilvus.DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(pymilvus.Function(words, functions.BM25, [name], [words]))
    said = {"bm25_k1": K1, "bm25_b": B}
    indexes.add_index(words, index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params=said)
