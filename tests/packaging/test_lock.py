"""The pins answer what pyproject.toml asks for, on each Python that it allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
SYSTEMS = ("darwin", "linux", "win32")
ASKED = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["dependency-groups"]["dev"],
}


def lines_of(name: str) -> list[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.lstrip().startswith("#")]


def applies(requirement: Requirement, python: str, system: str) -> bool:
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": system,
    }
    return requirement.marker is None or requirement.marker.evaluate(environment)


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_asked_for_is_pinned(name: str, python: str, system: str) -> None:
    pins = [pin for pin in map(Requirement, lines_of(name)) if applies(pin, python, system)]
    versions = {pin.name: str(pin.specifier).removeprefix("==") for pin in pins}
    assert len(versions) == len(pins), "a package is pinned twice"
    for asked in map(Requirement, ASKED[name]):
        if applies(asked, python, system):
            assert asked.specifier.contains(versions[asked.name]), asked


@pytest.mark.parametrize("name", ASKED)
def test_a_line_is_one_exact_pin(name: str) -> None:
    """No address, no path and no option: what a line means does not depend on the machine."""
    for line in lines_of(name):
        pin = Requirement(line)
        assert pin.url is None
        assert [specifier.operator for specifier in pin.specifier] == ["=="]


def test_no_pin_brings_cuda() -> None:
    names = {Requirement(line).name for line in lines_of("requirements.txt")}
    assert {name for name in names if name.startswith(("cuda", "nvidia", "triton"))} == set()


def test_the_tool_that_builds_the_project_is_pinned() -> None:
    """Build isolation would fetch the setuptools of the day, so the project goes without it."""
    assert "setuptools" in {Requirement(line).name for line in lines_of("requirements.txt")}
