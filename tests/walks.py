"""Pages that are walked from top to bottom: the tutorial, then the guides, in one scratch folder with the demo in it.

A fenced block after ``<!-- walk -->`` is a step: ``$`` lines are run in the folder, one after the other, and must print what follows
them, errors included; a ``pycon`` block is a session whose names stay for the steps after it. ``python tests/walks.py`` writes the outputs
anew: read the result before you keep it.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent
DOCS = PROJECT / "docs"
WALKED = [DOCS / "tutorial.md", *sorted((DOCS / "guides").glob("*.md"))]
STEP = re.compile(r"(<!-- walk -->\n+```(\w+)\n)(.*?)(\n```)", re.S)


class Walk:
    """A scratch folder and the names of a Python session, which stay from step to step."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, Any] = {}
        (folder / "demo").symlink_to(PROJECT / "demo")

    def printed(self, language: str, body: str) -> str:
        """A step as it should stand on its page now."""
        return self._session(body) if language == "pycon" else self._console(body)

    def _console(self, body: str) -> str:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        own = {"PATH": path, "PYTHONPATH": str(PROJECT / "src"), "COLUMNS": "100", "NO_COLOR": "1", "PYTHONWARNINGS": "ignore"}
        shown = []
        for command in re.findall(r"^\$ (.+)$", body, re.M):
            done = subprocess.run(
                ["bash", "-o", "pipefail", "-c", command], cwd=self._folder, env={**os.environ, **own}, text=True, timeout=300,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            assert done.returncode == 0, f"{command}: {done.stdout}"
            lines = [line.rstrip() for line in done.stdout.strip("\n").split("\n")]
            shown += [f"$ {command}", *(lines if done.stdout.strip() else [])]
        return "\n".join(shown)

    def _session(self, source: str) -> str:
        before = Path.cwd()
        os.chdir(self._folder)
        try:
            return "\n".join(self._said(example) for example in doctest.DocTestParser().get_examples(source))
        finally:
            os.chdir(before)

    def _said(self, example: doctest.Example) -> str:
        caught = io.StringIO()
        with redirect_stdout(caught):
            exec(compile(example.source, "page", "single"), self._names)
        first, *more = example.source.rstrip("\n").split("\n")
        lines = [f">>> {first}", *(f"... {line}".rstrip() for line in more)]
        return "\n".join([*lines, *([caught.getvalue().rstrip("\n")] if caught.getvalue() else [])])


def main() -> None:
    """Write the outputs of every step anew."""
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        for page in WALKED:
            text = STEP.sub(lambda found: found[1] + walk.printed(found[2], found[3]) + found[4], page.read_text("utf-8"))
            page.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
