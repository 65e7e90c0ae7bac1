from __future__ import annotations

import pytest

from sstc_chat.rag.progress import ProgressBar


def test_a_stage_has_one_bar_however_often_it_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    progress = ProgressBar()
    for stage, done in (("Reading", 1), ("Reading", 2), ("Asking", 1), ("Asking", 2)):
        progress(stage, done, 2)
    progress.close()
    bars = capsys.readouterr().err
    assert bars.count("Reading:   0%") == bars.count("Asking:   0%") == 1
    assert "Reading: 100%" in bars
    assert "Asking: 100%" in bars
