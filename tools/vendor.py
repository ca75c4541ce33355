"""Fetches the desk's third-party files (htmx, the outlines of the countries) from npm; the build of a wheel calls it.

    python tools/vendor.py [GROUP FOLDER]

They are pinned npm packages, checked against the digests below, and never stand in the repository. Where npm is missing or
cannot reach its registry the build goes on without them, and so does the desk: nothing but comfort is lost, and the coasts on the map.
"""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "src" / "attache" / "desk" / "static" / "vendor"
PACKAGES = ROOT / "npm.toml"
_SECONDS = 120


def fetch_all(group: str = "desk", into: Path = VENDOR) -> list[str]:
    """Fetch the files of a group that are not there; what could not be fetched, in words."""
    wanted = tomllib.loads(PACKAGES.read_text("utf-8"))[group]
    missing = [one for one in wanted if any(not (into / Path(name).name).is_file() for name in one["files"])]
    npm = shutil.which("npm")
    if missing and npm is None:
        return ["npm is not there: built without " + ", ".join(one["name"] for one in missing)]
    return [message for one in missing if (message := _fetch(npm or "npm", one, into))]


def _fetch(npm: str, package: dict[str, Any], into: Path) -> str:
    name = f"{package['name']}@{package['version']}"
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run([npm, "pack", "--silent", name], cwd=folder, check=True, capture_output=True, timeout=_SECONDS)
            data = next(Path(folder).glob("*.tgz")).read_bytes()
        except (subprocess.SubprocessError, OSError, StopIteration) as error:
            return f"{name} cannot be fetched ({type(error).__name__}): built without it"
    digest = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
    if digest != package["integrity"]:
        return f"{name} is not what was pinned (got {digest}): built without it"
    into.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for inner in package["files"]:
            member = archive.extractfile(f"package/{inner}")
            if member is not None:
                (into / Path(inner).name).write_bytes(member.read())
        licence = archive.extractfile("package/LICENSE")
        if licence is not None:
            (into / f"{package['name'].replace('/', '-')}.LICENSE").write_bytes(licence.read())
    return ""


if __name__ == "__main__":
    arguments = sys.argv[1:]
    problems = fetch_all(arguments[0], Path(arguments[1])) if len(arguments) == 2 else fetch_all()
    print("\n".join(problems) or "all there")
    raise SystemExit(bool(problems))
