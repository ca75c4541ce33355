"""Write the README's outputs anew: ``python tests/refresh_readme.py``, after a change that alters what attache prints.

The demo is shown with its head, its text and its doubts; ``...`` stands for the tables between them. Read the result before you keep it.
"""

from __future__ import annotations

import doctest
import io
import os
import re
from contextlib import redirect_stdout

from test_docs import PROJECT, README, printed


def demo(output: str) -> str:
    """The demo's output without the tables of who, what and when, and with one finding of each kind."""
    head, _, rest = output.partition("\nWHO")
    heading, *findings = re.split(r"^(?=\[\d)", "WHAT TO DOUBT" + rest.partition("WHAT TO DOUBT")[2], flags=re.M)
    kept, seen = [head.rstrip(), "...", heading.rstrip()], set()
    for finding in findings:
        kind = finding.split(" · ")[1].split()[0]
        if kind not in seen:
            kept.append(finding.split("\n\n")[0].rstrip())
        elif kept[-1] != "...":
            kept.append("...")
        seen.add(kind)
    return "\n".join([*kept, "..."][: len(kept) + (kept[-1] != "...")]).replace("WHAT TO DOUBT\n", "WHAT TO DOUBT\n\n")


def session(source: str) -> str:
    """A Python session with what its lines print now."""
    shown, names = [], {}
    for example in doctest.DocTestParser().get_examples(source):
        caught = io.StringIO()
        with redirect_stdout(caught):
            exec(compile(example.source, "README", "single"), names)
        first, *more = example.source.rstrip("\n").split("\n")
        shown.append("\n".join([f">>> {first}", *(f"... {line}".rstrip() for line in more)]))
        shown += [caught.getvalue().rstrip("\n")] if caught.getvalue() else []
        shown[-1] += "\n..." * (len(more) > 0 and not caught.getvalue())
    return "\n".join(shown)


def console(body: str) -> str:
    """A transcript of one command with its present output."""
    command = body.split("\n", 1)[0].removeprefix("$ ")
    output = "\n".join(line.rstrip() for line in printed(command).strip("\n").split("\n"))
    return f"$ {command}\n{demo(output) if command == 'make demo' else output}"


def main() -> None:
    """Replace every transcript that is marked to be run."""
    os.chdir(PROJECT)
    render = {"console": console, "pycon": session}
    text = re.sub(
        r"(<!-- run -->\n+```(\w+)\n)(.*?)(\n```)",
        lambda found: found[1] + render[found[2]](found[3]) + found[4],
        README.read_text(encoding="utf-8"),
        flags=re.S,
    )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
