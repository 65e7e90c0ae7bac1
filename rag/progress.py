"""Show how far long work has come, on standard error."""

from __future__ import annotations

from tqdm import tqdm


class ProgressBar:
    """A bar for each stage of the work; called with the stage, how much is done, and of how much."""

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        if self._bar is None or self._stage != stage:
            self.close()
            self._bar = tqdm(total=total, desc=stage)
            self._stage = stage
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Leave the last bar as it stands."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
