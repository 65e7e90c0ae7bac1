"""The same plots for paper: drawn as SVG, since nothing may run in a page that is printed and kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sstc_chat.ui.desk.plots import Plot
from sstc_chat.ui.page.markup import Html, element, join

# In units of the drawing, which is as wide as its place: what is drawn in, and the room around it for words.
WIDTH, HEIGHT = 260, 150
LEFT, TOP, BELOW, RIGHT = 34, 8, 44, 8
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
# How much of its share of the width a bar takes.
BAR = 0.6
LINES = ("first", "second")


def drawing(plot: Plot, title: str) -> Html:
    """Return a plot of shares, from 0 to 1: bars where its first column names things, else lines."""
    bars = plot["mark"] == "bar"
    marks = [*_bars(plot["data"])] if bars else [*_lines(plot["data"])]
    box = f"{-LEFT} {-TOP} {LEFT + WIDTH + RIGHT} {TOP + HEIGHT + BELOW}"
    across, up = plot["columns"][:2]
    return element(
        "figure",
        element("figcaption", title),
        element(
            "svg",
            *_grid(along=not bars),
            *marks,
            _text(across, WIDTH / 2, HEIGHT + 26),
            element("text", up, transform=f"translate({12 - LEFT} {HEIGHT / 2}) rotate(-90)", **MIDDLE),
            viewBox=box,
            role="img",
            aria_label=title,
        ),
    )


MIDDLE = {"text_anchor": "middle"}


def _grid(*, along: bool) -> Iterator[Html]:
    """Yield the axes, with a line and a number at each tick of the upright one and, if so, of the other."""
    for tick in TICKS:
        height = HEIGHT * (1 - tick)
        yield element("path", d=f"M0 {height}H{WIDTH}", class_="grid")
        yield element("text", f"{tick:.1f}", x="-4", y=str(height + 3), text_anchor="end")
        if along:
            yield element("path", d=f"M{WIDTH * tick} 0V{HEIGHT}", class_="grid")
            yield _text(f"{tick:.1f}", WIDTH * tick, HEIGHT + 12)
    yield element("path", d=f"M0 0V{HEIGHT}H{WIDTH}", class_="axis")


def _bars(rows: Sequence[Sequence[object]]) -> Iterator[Html]:
    share = WIDTH / max(len(rows), 1)
    for place, (name, value) in enumerate(rows):
        height = HEIGHT * float(str(value))
        left, width = share * (place + (1 - BAR) / 2), share * BAR
        size = {"x": f"{left:.1f}", "y": f"{HEIGHT - height:.1f}", "width": f"{width:.1f}"}
        yield element("rect", **size, height=f"{height:.1f}", class_="bar")
        yield _text(str(name), share * (place + 0.5), HEIGHT + 12)


def _lines(rows: Sequence[Sequence[object]]) -> Iterator[Html]:
    """Yield a line for each series, which is the third column; what is ideal, named first, is dashed."""
    names = list(dict.fromkeys(str(row[2]) for row in rows if len(row) > 2))[::-1]  # noqa: PLR2004
    for place, name in enumerate(names or [""]):
        own = [row for row in rows if not name or row[2] == name]
        points = [(WIDTH * float(str(x)), HEIGHT * (1 - float(str(y)))) for x, y, *_ in own]
        look = LINES[place % len(LINES)]
        yield element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_=look)
        if name:
            yield _legend(name, look, place)


def _legend(name: str, look: str, place: int) -> Html:
    middle = WIDTH * (place + 0.5) / len(LINES)
    line = element("path", d=f"M{middle - 12} {HEIGHT + 32}h24", class_=look)
    return join(line, _text(name, middle, HEIGHT + 42))


def _text(words: str, x: float, y: float) -> Html:
    return element("text", words, x=f"{x:.1f}", y=f"{y:.1f}", **MIDDLE)
