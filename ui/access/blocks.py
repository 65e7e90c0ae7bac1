"""Gradio's events, each done for those only who may see the view that it belongs to.

All events of a language share one address, so the address does not say what is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from sstc_chat.rag.access.roles import Role
from sstc_chat.ui.access.visitors import NOBODY, Visitor, acting_for


class GuardedBlocks(gr.Blocks):
    """Views, and who may see each; `roles` is by the path of a view."""

    def __init__(self, roles: Mapping[str, Role | None], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(**settings)
        self._roles = roles

    async def process_api(self, block_fn: Any, *given: Any, **others: Any) -> dict[str, Any]:  # noqa: ANN401
        """Do what was pressed: the one way that Gradio has from a request to a function of ours.

        Raises
        ------
        gradio.Error
            If whoever pressed it may not see the view.
        """
        event = self.fns[block_fn] if isinstance(block_fn, int) else block_fn
        who = _who(others.get("request"))
        role = self._roles[event.page]
        if role is not None and role not in who.roles:
            raise gr.Error("You may not do this.", print_exception=False)
        with acting_for(who):
            return await super().process_api(block_fn, *given, **others)


def _who(request: object) -> Visitor:
    """Return who asked, as it was found when the request came in."""
    if not isinstance(request, gr.Request) or request.request is None:
        return NOBODY
    found = request.request.scope.get("visitor")
    return found if isinstance(found, Visitor) else NOBODY
