"""The view of the evaluator's desk: its steps one beside the other, and what a press in each of them does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import gradio as gr

from sstc_chat.corpus.errors import SSTCChatError
from sstc_chat.rag.review.dossier import dossier_of
from sstc_chat.rag.review.findings import Findings
from sstc_chat.ui.access.visitors import visitor
from sstc_chat.ui.desk import agreement, compare, feedback, figures, judge, plots, start
from sstc_chat.ui.desk.desk import Desk, Step, Told, desk_of, fresh, nothing, shown
from sstc_chat.ui.desk.pieces import failure
from sstc_chat.ui.desk.plots import Plot
from sstc_chat.ui.desk.steps import steps_html
from sstc_chat.ui.desk.take import taken_html
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import join
from sstc_chat.ui.page.parts import AT_ONCE, QUIETLY, html, told
from sstc_chat.ui.page.views import Site

# A round that is watched waits for most of its time.
AT_A_TIME = 20
# How often whoever watches a round is shown how far it is, at least, in seconds.
PATIENCE = 1.0
PLOT_HEIGHT = 300
# Names of languages side by side would run into each other.
TURNED = -35
# What is measured and what would be ideal: to be told apart on white and on black.
INK, PALE = "#2a8c9c", "#8a979f"
# Tables, title, and three plots.
Shown = tuple[Plot | str | None, ...]


def lay_out_desk(site: Site) -> None:
    """Place the steps of the desk."""
    desk = desk_of(site)
    with gr.Row(elem_id="room"), gr.Column(elem_id="desk"):
        html(steps_html(site.words), "desk-steps", "sstc.desk.steps(element)")
        _on_press(_step("start"), _starting(desk), how={"concurrency_limit": AT_A_TIME, **QUIETLY})
        _lay_out_figures(desk)
        _on_press(_step("judge"), _pressing(desk, judge.judge_html, judge.act))
        _lay_out_agreement(desk)
        _on_press(_step("compare"), _pressing(desk, compare.compare_html, nothing))
        _on_press(_step("feedback"), _pressing(desk, feedback.feedback_html, feedback.act))


def _step(name: str) -> gr.HTML:
    with gr.Column(elem_id=f"desk-{name}", elem_classes="desk-step"):
        return _part(name)


def _part(name: str) -> gr.HTML:
    return html("", f"desk-{name}-part", f"sstc.desk.part('{name}', element, trigger, watch)")


def _lay_out_figures(desk: Desk) -> None:
    words = desk.words
    share: dict[str, Any] = {"y_lim": [0, 1], "height": PLOT_HEIGHT}
    with gr.Column(elem_id="desk-figures", elem_classes="desk-step"):
        head = html("", "desk-figures-head")
        with gr.Row(elem_id="desk-plots"):
            languages = gr.BarPlot(
                x=words("desk.language"),
                y=words("desk.figure_right"),
                label=words("desk.by_language"),
                x_label_angle=TURNED,
                **share,
            )
            calibration = gr.LinePlot(
                x=words("desk.confidence"),
                y=words("desk.share_right"),
                color=words("desk.series"),
                color_map={words("desk.seen"): INK, words("desk.wanted"): PALE},
                label=words("desk.plot_calibration"),
                x_lim=[0, 1],
                **share,
            )
            curve = gr.LinePlot(
                x=words("desk.figure_coverage"),
                y=words("desk.figure_risk"),
                label=words("desk.plot_curve"),
                x_lim=[0, 1],
                **share,
            )
        part = _part("figures")
    _on_press(part, _figuring(desk), [head, languages, calibration, curve])


def _lay_out_agreement(desk: Desk) -> None:
    part = _step("agreement")
    taken = html("", "desk-taken", "sstc.desk.taken(element, watch)")
    press = _pressing(desk, agreement.agreement_html, agreement.act)

    def pressing(event: gr.EventData) -> tuple[str, str]:
        """Show the step, and hand out a file where one is asked for."""
        return press(event), taken_html(desk, _told(event))

    _on_press(part, pressing, [taken])


def _on_press(
    part: gr.HTML, act: Callable[..., Any], others: Sequence[Any] = (), how: Mapping[str, Any] = AT_ONCE
) -> None:
    outputs = [part, *others]
    part.select(act, None, outputs, trigger_mode="multiple", **how)


def _pressing(desk: Desk, step: Step, act: Step) -> Callable[[gr.EventData], str]:
    def pressing(event: gr.EventData) -> str:
        """Do what was pressed, and show the step as it is then."""
        return shown(step, act, desk, _told(event))

    return pressing


def _starting(desk: Desk) -> Callable[[gr.EventData], Iterator[str]]:
    def starting(event: gr.EventData) -> Iterator[str]:
        """Do what was pressed, and show how far a round is as long as one is asked."""
        yield shown(start.start_html, start.act, desk, _told(event))
        while desk.runner.is_busy():
            desk.runner.wait(PATIENCE)
            yield shown(start.start_html, nothing, desk, _told(event))
        yield shown(start.start_html, nothing, desk, _told(event))

    return starting


def _figuring(desk: Desk) -> Callable[[gr.EventData], Shown]:
    def figuring(event: gr.EventData) -> Shown:
        """Show the figures of the round that is open: in tables, and drawn."""
        try:
            dossier = dossier_of(desk.rounds, _told(event).number())
        except SSTCChatError as error:
            return join(failure(error, desk.words), fresh()), "", None, None, None
        tables = join(*figures.figure_tables(dossier, desk.words), fresh())
        return tables, figures.title_html(dossier, desk.words), *_drawn(dossier.findings, desk.words)

    return figuring


def _drawn(findings: Findings | None, words: Words) -> tuple[Plot | None, ...]:
    draw = (plots.languages_plot, plots.calibration_plot, plots.curve_plot)
    return tuple(one(findings, words) if findings else None for one in draw)


def _told(event: gr.EventData) -> Told:
    """Return what a press told; whoever is signed in judges under no other name."""
    signed_in = visitor().name
    return Told(lambda name: signed_in if signed_in and name == "rater" else told(event, name))
