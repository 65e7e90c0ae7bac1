"""The table of docs/SECURITY.md is of every way, and of versions before the one that is pinned."""

from __future__ import annotations

import re
from pathlib import Path

from packaging.version import Version

from .ways import CLOSED

ROOT = Path(__file__).parents[4]
TEXT = (ROOT / "docs" / "SECURITY.md").read_text("utf-8")


def test_sharing_and_loading() -> None:
    """Gradio launches nothing and loads nothing here: its pages are mounted."""
    sources = [path.read_text("utf-8") for room in ("ui", "rag") for path in (ROOT / room).rglob("*.py")]
    for call in (".launch(", "share=", "gr.load(", "networking", "gradio_client"):
        assert not [one for one in sources if call in one], call


def test_the_table_is_of_versions_before_the_one_that_is_pinned() -> None:
    pinned = re.findall(r"^gradio==(\S+)$", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert re.findall(r"Pinned is ([\d.]+)\*\*", TEXT) == pinned
    rows = re.findall(r"^\| ((?:CVE|GHSA)-.*?) \| .*? \| (\S+) \| (.*) \|$", TEXT, re.MULTILINE)
    assert len(rows) > 50
    assert [row for row, mended, _ in rows if mended != "none" and Version(mended) > Version(pinned[0])] == []
    ways = set(re.findall(r"^\| `([a-z ]+)` \|", TEXT, re.MULTILINE))
    tried = {"files", "fetching", "redirects", "parts", "origins", "root", "sharing", "loading", *CLOSED}
    assert ways == {*tried, "development"}
    assert {way for _, _, said in rows for way in re.findall(r"`([a-z ]+)`", said)} == ways
