"""An export is made once, whole or not at all, and is made again when it is not what was written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sstc_chat.index.exported.keeping import UNUSED, Recipe, RefusedError, forget, is_whole, kept

CONTENT = {"model": b"weights " * 999, "words": b"one two"}


@dataclass
class Maker:
    """Writes the files of an export, or fails after the first, and counts how often it was asked."""

    error: Exception | None = None
    times: list[Path] = field(default_factory=list)

    def __call__(self, folder: Path) -> None:
        self.times.append(folder)
        for name, content in CONTENT.items():
            (folder / name).write_bytes(content)
            if self.error:
                raise self.error


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def recipe(maker: Maker) -> Recipe:
    return Recipe("a/model", "as it was", maker)


def content_of(path: Path | None) -> dict[str, bytes]:
    assert path
    return {one.name: one.read_bytes() for one in path.glob("*")}


def test_an_export_is_made_once(recipe: Recipe, maker: Maker, tmp_path: Path) -> None:
    first, second = (kept(recipe, tmp_path / "new" / "folder") for _ in range(2))
    assert first == second
    assert content_of(first) == CONTENT
    assert len(maker.times) == 1


def test_another_state_of_a_model_is_another_export(recipe: Recipe, maker: Maker, tmp_path: Path) -> None:
    other = Recipe(recipe.name, "as it is", maker)
    assert kept(recipe, tmp_path) != kept(other, tmp_path)
    assert len(maker.times) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(CONTENT["model"][:-1]), id="cut short"),
        pytest.param(lambda path: path.write_bytes(b"v" + CONTENT["model"][1:]), id="changed"),
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.with_name("more").touch(), id="beside another"),
        pytest.param(lambda path: (path.unlink(), path.mkdir()), id="not to be read"),
    ],
)
def test_what_is_damaged_is_made_again(
    damage: Callable[[Path], object], recipe: Recipe, maker: Maker, tmp_path: Path
) -> None:
    path = kept(recipe, tmp_path)
    assert path
    damage(path / "model")
    assert content_of(kept(recipe, tmp_path)) == CONTENT
    assert len(maker.times) == 2


@given(place=st.integers(0, len(CONTENT["model"]) - 1), bit=st.integers(0, 7))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_bit_counts(place: int, bit: int, recipe: Recipe, tmp_path: Path) -> None:
    path = kept(recipe, tmp_path)
    assert path
    assert is_whole(path)
    changed = bytearray(CONTENT["model"])
    changed[place] ^= 1 << bit
    (path / "model").write_bytes(changed)
    assert not is_whole(path)
    (path / "model").write_bytes(CONTENT["model"])


def test_what_is_broken_off_leaves_nothing(recipe: Recipe, maker: Maker, tmp_path: Path) -> None:
    maker.error = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        kept(recipe, tmp_path)
    assert list(tmp_path.iterdir()) == []
    maker.error = None
    assert content_of(kept(recipe, tmp_path)) == CONTENT


def test_what_passes_is_tried_again_and_what_is_refused_is_not(
    recipe: Recipe, maker: Maker, tmp_path: Path
) -> None:
    maker.error = OSError("no room")
    assert kept(recipe, tmp_path) is None
    assert kept(recipe, tmp_path) is None
    assert len(maker.times) == 2
    maker.error = RefusedError("It has two heads.")
    assert kept(recipe, tmp_path) is None
    assert kept(recipe, tmp_path) is None
    assert len(maker.times) == 3
    assert [path.read_text() for path in tmp_path.iterdir()] == ["It has two heads."]
    maker.error = None
    forget(tmp_path, [recipe])
    assert content_of(kept(recipe, tmp_path)) == CONTENT


def test_who_may_not_write_goes_without(recipe: Recipe, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert kept(recipe, tmp_path / "file" / "folder") is None


@pytest.mark.skipif(os.name != "posix", reason="It speaks of POSIX permissions.")
def test_others_may_read_what_was_made(recipe: Recipe, tmp_path: Path) -> None:
    def private(folder: Path) -> None:
        (folder / "model").touch(mode=0o600)

    path = kept(Recipe(recipe.name, recipe.state, private), tmp_path)
    assert path
    assert (path / "model").stat().st_mode & 0o044 == 0o044


def test_only_a_model_that_may_be_another_by_now_is_exported_again(maker: Maker, tmp_path: Path) -> None:
    known, unknown = Recipe("known", "1", maker), Recipe("unknown", "", maker)
    paths = [kept(one, tmp_path) for one in (known, unknown)]
    forget(tmp_path, [known, unknown])
    assert [bool(path and path.exists()) for path in paths] == [True, False]


def test_what_nobody_has_used_for_long_goes_when_something_new_is_made(maker: Maker, tmp_path: Path) -> None:
    old, used, new = (Recipe(name, "1", maker) for name in ("old", "used", "new"))
    paths = {one.name: kept(one, tmp_path) for one in (old, used)}
    long_ago = time.time() - UNUSED - 60
    for path in tmp_path.iterdir():
        os.utime(path, (long_ago, long_ago))
    assert kept(used, tmp_path) == paths["used"]
    kept(new, tmp_path)
    assert [bool(path and path.exists()) for path in paths.values()] == [False, True]
    assert len(maker.times) == 3


def test_two_may_make_the_same_at_once(recipe: Recipe, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda _: kept(recipe, tmp_path), range(16)))
    assert len(set(paths)) == 1
    assert content_of(paths[0]) == CONTENT
    assert not list(tmp_path.glob("draft-*"))
