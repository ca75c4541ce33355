"""The peers' own environment, build/peers-venv: some of them ask for other versions of what attache uses, so they are kept apart."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FOLDER = Path("build") / "peers-venv"
PINS = HERE / "requirements.txt"
# The pip that comes with Python 3.11 stumbles over one of their requirements.
INSTALLER = "pip==26.3"


class Absent(Exception):
    """A peer cannot be asked; the message says why."""


@dataclass(frozen=True)
class Answers:
    """What a peer answered, its processor time in seconds and its version."""

    answers: list[Any]
    seconds: float
    version: str


def prepare() -> None:
    """Install the peers as pinned, once: a stamp keeps the digest of the pins."""
    wanted = hashlib.sha256(PINS.read_bytes()).hexdigest()
    stamp = FOLDER / ".installed"
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    python = FOLDER / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
    subprocess.run([*pip, INSTALLER], check=True)
    subprocess.run([*pip, "--no-deps", "-r", str(PINS)], check=True)
    stamp.write_text(wanted, "utf-8")


def ask(task: str, inputs: list[Any], timeout: float = 1800) -> Answers:
    """Give a peer its inputs; :class:`Absent` where it is not installed, fails, or takes longer than ``timeout`` seconds."""
    python = FOLDER / "bin" / "python"
    if not python.exists():
        raise Absent("its environment could not be made")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.json", Path(folder) / "out.json"
        source.write_text(json.dumps(inputs), "utf-8")
        command = [str(python), str(HERE / "worker.py"), task, str(source), str(target)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
        except subprocess.TimeoutExpired:
            raise Absent(f"not done within {timeout:.0f} s") from None
        if done.returncode or not target.exists():
            lines = done.stderr.strip().splitlines()
            raise Absent(lines[-1] if lines else f"ended with status {done.returncode}")
        return Answers(**json.loads(target.read_text("utf-8")))
