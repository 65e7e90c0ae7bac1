"""Colours that can be told apart, and a style and a script that fetch nothing."""

from __future__ import annotations

import re

import pytest

from sstc_chat.ui.page.frontpage import STATIC
from sstc_chat.ui.page.theme import COLOURS as GIVEN

STYLE = (STATIC / "page.css").read_text("utf-8")
COLOUR = re.compile(r"--([\w-]+): (#\w{6});")
LIGHT, DARK = (dict(COLOUR.findall(part)) for part in STYLE.split("@media (prefers-color-scheme: dark)"))
# For text, WCAG 2.2, success criterion 1.4.3; for what is not text, 1.4.11.
TEXT, OTHER = 4.5, 3.0


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, by the definition in WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("ink", "ground", TEXT),
        ("ink", "paper", TEXT),
        ("ink", "tint", TEXT),
        ("ink", "amber", TEXT),
        ("ink", "tint-line", TEXT),
        ("fair", "paper", OTHER),
        ("ink", "clay-tint", TEXT),
        ("quiet", "ground", TEXT),
        ("quiet", "paper", TEXT),
        ("quiet", "clay-tint", TEXT),
        ("deep", "paper", TEXT),
        ("deep", "tint", TEXT),
        ("deeper", "tint", TEXT),
        ("clay", "clay-tint", TEXT),
        ("paper", "deep", TEXT),
        ("paper", "deeper", TEXT),
        ("paper", "quiet", TEXT),
        ("deep", "ground", TEXT),
        ("on-bar", "bar", TEXT),
        ("on-bar", "bar-raised", TEXT),
        ("on-bar-quiet", "bar", TEXT),
        ("on-bar-quiet", "bar-raised", TEXT),
        ("on-bar-line", "bar", OTHER),
        ("deep", "clay-tint", OTHER),
        ("edge", "paper", OTHER),
        ("edge", "ground", OTHER),
        ("good", "ground", OTHER),
        ("fair", "ground", OTHER),
        ("clay", "paper", OTHER),
    ],
)
def test_contrast(colours: dict[str, str], front: str, back: str, least: float) -> None:
    assert contrast(colours[front], colours[back]) >= least


def test_light_and_dark_have_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_gradio_is_given_colours_that_there_are() -> None:
    assert set(GIVEN.values()) <= LIGHT.keys()


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.glob("*.css")))
def test_no_style_has_colours_of_its_own(name: str) -> None:
    text = (STATIC / name).read_text("utf-8")
    assert (
        re.findall(r"#[0-9a-f]{6}\b|#[0-9a-f]{3}[;, )]|rgb", COLOUR.sub("", text).replace("--shade: rgb", ""))
        == []
    )


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.glob("*.[cj]s*")))
def test_nothing_is_fetched(name: str) -> None:
    """Neither a font nor a picture nor a script from anywhere."""
    text = (STATIC / name).read_text("utf-8")
    if name == "documents.js":  # it sends files, and to our own server only
        sent = re.findall(r"(?:fetch\(|\.open\([^,]+, )(.{16})", text)
        assert sent == ["`../documents/fi", "`../documents/${"]
        text = re.sub(r"fetch\(|XMLHttpRequest", "", text)
    if name == "asking.js":  # it asks our own server
        text = text.replace('fetch("ask"', "")
    if name == "channel.js":  # it looks whether our own server is there
        text = text.replace('fetch("gradio_api/app_id"', "")
    assert not re.search(r"https?:|//\w|@import|url\(|fetch\(|XMLHttpRequest|sendBeacon", text)
