"""The colours that Gradio's own parts are given; `static/page.css` has the same for the rest."""

from __future__ import annotations

import gradio as gr

INK = "#1d2b36"
PAPER = "#ffffff"
GROUND = "#f4f2ed"
LINE = "#d9d4c8"
DEEP = "#11525f"
DEEPER = "#0b3d47"

FONTS = ["system-ui", "sans-serif"]
MONOSPACED_FONTS = ["ui-monospace", "monospace"]
PALETTE: dict[str, str] = {
    "body_background_fill": GROUND,
    "body_text_color": INK,
    "background_fill_primary": PAPER,
    "background_fill_secondary": GROUND,
    "block_background_fill": "transparent",
    "block_border_width": "0px",
    "block_shadow": "none",
    "block_label_text_color": INK,
    "block_title_text_color": INK,
    "border_color_primary": LINE,
    "input_background_fill": PAPER,
    "input_border_color": LINE,
    "input_border_color_focus": DEEP,
    "button_primary_background_fill": DEEP,
    "button_primary_background_fill_hover": DEEPER,
    "button_primary_text_color": PAPER,
    "button_secondary_background_fill": "transparent",
    "button_secondary_background_fill_hover": PAPER,
    "button_secondary_text_color": DEEP,
}


def theme() -> gr.themes.Base:
    """Return one theme for light and dark systems: the page is light in both."""
    one = gr.themes.Base(font=FONTS, font_mono=MONOSPACED_FONTS).set(**PALETTE)
    for name in [name for name in vars(one) if name.endswith("_dark")]:
        setattr(one, name, getattr(one, name.removesuffix("_dark")))
    return one
