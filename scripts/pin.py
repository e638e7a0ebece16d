"""Write constraints.txt anew: what pip resolves today for luoshi, its tests and its build (`make constraints`)."""

import json
import re
import subprocess
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "constraints.txt"
HEAD = """\
# The exact versions luoshi is built and tested with: every package of the core, of the tests and of the build,
# those of other systems included (colorama on Windows). `make constraints` writes it anew; nothing else does.
"""

found = subprocess.run(
    [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"),
        *("-e", f"{TARGET.parent}[dev]", "hatchling", "editables", "colorama"),
    ],
    check=True,
    stdout=subprocess.PIPE,
).stdout
packages = [package["metadata"] for package in json.loads(found)["install"]]
pins = {re.sub(r"[-_.]+", "-", package["name"]).lower(): package["version"] for package in packages}
lines = [f"{name}=={version}\n" for name, version in sorted(pins.items()) if name != "luoshi"]
TARGET.write_text(HEAD + "".join(lines), encoding="utf-8")
