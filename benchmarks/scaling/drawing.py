"""Vectors that no text has, and that vary as those of real texts do."""

from __future__ import annotations

import sqlite3

import numpy as np

from sstc_chat.index.dense.making import ALL, blocks
from sstc_chat.index.types import Vectors

NOISE = 0.5


class Drawn:
    """Vectors that vary as those of a library's passages under one encoder do."""

    def __init__(self, connection: sqlite3.Connection, role: str) -> None:
        self.real = np.concatenate([vectors for _, vectors in blocks(connection, ALL, role)])
        around = np.cov((self.real - self.real.mean(axis=0)).T) + 1e-6 * np.eye(self.real.shape[1])
        self.shape = NOISE * np.linalg.cholesky(around).astype(np.float32).T
        self.chance = np.random.default_rng(0)

    def more(self, count: int) -> Vectors:
        """Return so many unit vectors, shape (count, dimension)."""
        one, other = self.chance.integers(len(self.real), size=(2, count))
        share = self.chance.uniform(0.5, 1, size=(count, 1)).astype(np.float32)
        noise = self.chance.standard_normal((count, self.real.shape[1]), dtype=np.float32) @ self.shape
        mixed = share * self.real[one] + (1 - share) * self.real[other] + noise
        unit: Vectors = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return unit
