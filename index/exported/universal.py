"""The packaged multilingual encoder, made ready: its arrays mapped into memory, its layers as a graph.

In its package the arrays are compressed, which costs a quarter of a second and 65 MB at every start.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sstc_chat.corpus.arrays import map_arrays, write_arrays
from sstc_chat.index.exported.encoder import opened_session
from sstc_chat.index.exported.graph import Graph, graph_of
from sstc_chat.index.universal import UniversalEncoder, encoder_of, load_universal, tokens_of

ARRAYS, GRAPH = "universal.safetensors", "universal.onnx"


def unpack(folder: Path) -> None:
    """Write the packaged encoder to `folder` as `open_unpacked` reads it."""
    import onnx

    encoder = load_universal()
    package = vars(encoder.model)
    vocabulary = np.frombuffer(encoder.tokens.processor.serialized_model_proto(), dtype=np.uint8)
    kept = {name: package[name] for name in ("table", "scale", "lo")}
    write_arrays(folder / ARRAYS, {"vocabulary": vocabulary, **kept})
    onnx.save(graph_of(package), folder / GRAPH)


def open_unpacked(folder: Path) -> UniversalEncoder:
    """Open what `unpack` wrote."""
    arrays = map_arrays(folder / ARRAYS)
    tokens = tokens_of(arrays["vocabulary"].tobytes())
    session = opened_session(folder / GRAPH)
    return encoder_of(Graph(session.run, tokens, arrays["table"], arrays["scale"], arrays["lo"]), tokens)
