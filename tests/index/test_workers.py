"""A model that is run in several processes gives the vectors that it gives in one."""

from __future__ import annotations

import numpy as np
import pytest

from sstc_chat.corpus.types import Reading
from sstc_chat.index.encoders import ModelChoice
from sstc_chat.index.transformer import in_processes, load_transformer


def test_two_processes_encode_as_one(reading: Reading) -> None:
    texts = [one.text for one in reading.sentences][:30]
    one = load_transformer(ModelChoice("all-MiniLM-L6-v2"), device="cpu")
    with in_processes(one, 2) as two:
        assert two.pool
        workers = two.pool["processes"]
        assert [worker.is_alive() for worker in workers] == [True, True]
        vectors, few = two.encode_passages(texts), two.encode_passages(texts[:1])
    for worker in workers:
        with pytest.raises(ValueError, match="closed"):
            worker.is_alive()
    np.testing.assert_allclose(vectors, one.encode_passages(texts), rtol=0, atol=1e-5)
    np.testing.assert_allclose(few, vectors[:1], rtol=0, atol=1e-5)
