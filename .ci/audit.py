"""Ask whether a weakness is known of any package that is pinned; `make audit` runs this.

    python .ci/audit.py [options of pip-audit]

What cannot be asked about is not said to be well: where the service of advisories is out of reach, that is
what is printed, and the checks go on. A weakness that is known fails them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PINS = Path(__file__).parents[1] / "requirements.txt"
# Advisories that do not matter here, each with the reason why.
EXPLAINED: dict[str, str] = {}
# How the last line of an error begins where nobody answers; all others are faults here.
OUT_OF_REACH = ("ConnectionError", "Timeout", "ServiceError", "SSLError", "HTTPError")


def main(options: Sequence[str]) -> int:
    """Print what is known; return 1 if that is a weakness."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(PINS), "--no-deps", "--disable-pip"]
    for advisory in EXPLAINED:
        command += ["--ignore-vuln", advisory]
    command += ["--format", "json", "--progress-spinner", "off", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - pinned, and our words
    try:
        return told(json.loads(done.stdout)["dependencies"])
    except ValueError:
        why = (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        if not any(name in why for name in OUT_OF_REACH):
            print(why)
            return 1
        print(f"The service of advisories could not be reached, so nothing was checked: {why}")
        return 0


def told(packages: Sequence[dict[str, Any]]) -> int:
    """Print what was found of `packages`, as pip-audit tells it; return 1 if that is a weakness."""
    known = [one for one in packages if "skip_reason" not in one]
    weak = [(one, weakness) for one in known for weakness in one["vulns"]]
    for one, weakness in weak:
        names = ", ".join([weakness["id"], *weakness["aliases"]])
        mended = ", ".join(weakness["fix_versions"]) or "no version yet"
        print(f"{one['name']} {one['version']}: {names}, mended in {mended}")
    if not known:
        print("The service of advisories that is in reach knows none of the packages. Nothing was checked.")
        return 0
    print(f"Of {len(packages)} packages {len(known)} were checked, and {len(weak)} weaknesses are known.")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
