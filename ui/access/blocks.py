"""Gradio's events, each done for those only who may see the view that it belongs to.

All events of a language share one address, so the address does not say what is asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

import gradio as gr

from sstc_chat.corpus.errors import ShareError
from sstc_chat.rag.access.roles import Role
from sstc_chat.ui.access.attempts import Pace
from sstc_chat.ui.access.paced import REFUSED
from sstc_chat.ui.access.visitors import NOBODY, Visitor, acting_for
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.failures import failure_line

logger = logging.getLogger(__name__)
# These say themselves what becomes of a question when there are too many; a stop is always taken.
THEMSELVES = frozenset({"write", "stop"})


class GuardedBlocks(gr.Blocks):
    """Views in the language of `words`, who may see each by its path, and how much they may ask for."""

    def __init__(
        self,
        roles: Mapping[str, Role | None],
        words: Words,
        pace: Pace,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**settings)
        self._roles = roles
        self._words = words
        self._pace = pace

    async def process_api(self, block_fn: Any, *given: Any, **others: Any) -> dict[str, Any]:  # noqa: ANN401
        """Do what was pressed: the one way that Gradio has from a request to a function of ours.

        Raises
        ------
        gradio.Error
            If whoever pressed it may not see the view, or has asked for too much.
        """
        event = self.fns[block_fn] if isinstance(block_fn, int) else block_fn
        who = _who(_scope(others.get("request")))
        role = self._roles[event.page]
        if role is not None and role not in who.roles:
            raise gr.Error("You may not do this.", print_exception=False)
        # What goes on was taken when it began.
        free = others.get("iterator") is not None or any(name in THEMSELVES for _, name in event.targets)
        taking = nullcontext() if free else self._taking(who, _scope(others.get("request")))
        with acting_for(who), taking, self._noting():
            return await super().process_api(block_fn, *given, **others)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Log what was not foreseen; Gradio would print it past the log, in many lines."""
        try:
            yield
        except gr.Error:
            raise
        except Exception as error:
            logger.exception("What was pressed could not be done")
            raise gr.Error(self._words("errors.other"), print_exception=False) from error

    @contextmanager
    def _taking(self, who: Visitor, scope: Mapping[str, Any]) -> Iterator[None]:
        try:
            with self._pace.taking(who):
                yield
        except ShareError as error:
            scope.get(REFUSED, []).append(error)
            said = failure_line(error, self._words)
            raise gr.Error(said, print_exception=False) from error


def _scope(request: object) -> Mapping[str, Any]:
    """Return what is known of the request in which something was pressed."""
    return request.request.scope if isinstance(request, gr.Request) and request.request else {}


def _who(scope: Mapping[str, Any]) -> Visitor:
    """Return who asked, as it was found when the request came in."""
    found = scope.get("visitor")
    return found if isinstance(found, Visitor) else NOBODY
