"""The colours and fonts of Gradio's own parts: those that `static/page.css` names, light and dark."""

from __future__ import annotations

import gradio as gr

FONTS = ["system-ui", "sans-serif"]
MONOSPACED_FONTS = ["ui-monospace", "monospace"]
COLOURS = {
    "body_background_fill": "ground",
    "body_text_color": "ink",
    "body_text_color_subdued": "quiet",
    "background_fill_primary": "paper",
    "background_fill_secondary": "ground",
    "block_label_background_fill": "ground",
    "block_label_text_color": "ink",
    "block_title_text_color": "ink",
    "block_info_text_color": "quiet",
    "border_color_primary": "line",
    "border_color_accent": "deep",
    "color_accent_soft": "tint",
    "link_text_color": "deep",
    "link_text_color_hover": "deeper",
    "input_background_fill": "paper",
    "input_border_color": "edge",
    "input_border_color_focus": "deep",
    "input_placeholder_color": "quiet",
    "button_primary_background_fill": "deep",
    "button_primary_background_fill_hover": "deeper",
    "button_primary_text_color": "paper",
    "button_secondary_background_fill_hover": "tint",
    "button_secondary_border_color": "edge",
    "button_secondary_text_color": "deep",
    "checkbox_background_color": "paper",
    "checkbox_background_color_selected": "deep",
    "checkbox_border_color": "edge",
    "checkbox_label_background_fill": "paper",
    "checkbox_label_background_fill_selected": "tint",
    "checkbox_label_text_color": "ink",
    "checkbox_label_text_color_selected": "ink",
    "slider_color": "deep",
    "stat_background_fill": "tint",
    "table_border_color": "line",
    "table_even_background_fill": "paper",
    "table_odd_background_fill": "ground",
    "table_row_focus": "tint",
    "table_text_color": "ink",
    "error_background_fill": "clay-tint",
    "error_border_color": "clay",
    "error_text_color": "clay",
}
OTHER = {
    "block_background_fill": "transparent",
    "block_border_width": "0px",
    "block_shadow": "none",
    "button_secondary_background_fill": "transparent",
}


def theme() -> gr.themes.Base:
    """Return one theme for light and dark systems: the colours themselves change with the system."""
    named = {name: f"var(--{colour})" for name, colour in COLOURS.items()}
    one = gr.themes.Base(font=FONTS, font_mono=MONOSPACED_FONTS).set(**named, **OTHER)
    for name in [name for name in vars(one) if name.endswith("_dark")]:
        setattr(one, name, getattr(one, name.removesuffix("_dark")))
    return one
