"""The four changes of CONTRIBUTING.md, made as it says in a copy of the package: a fact, a kind of event, a checker, a source of gold."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent
BLOCK = re.compile(r"<!-- (append to|create) (\S+) -->\n```\w+\n(.*?)\n```", re.S)
# What the text asks for in words: a name added to a list.
NAMED = {
    "src/attache/dossier.py": ("EventKind = Literal[", 'EventKind = Literal[\n    "commemorate",'),
    "src/attache/doubt/component.py": (
        "    check_names, check_offices, check_contradictions,",
        "    check_brackets, check_names, check_offices, check_contradictions,",
    ),
    "src/attache/evaluate/forms.py": ('    "events",\n', '    "events",\n    "languages",\n'),
}
IMPORTED = ("from attache.doubt.evidence import", "from attache.doubt.brackets import check_brackets\nfrom attache.doubt.evidence import")
LOOK = """
import json, sys
from pathlib import Path

import pytest
import attache
from attache.evaluate.report import evaluate
from attache.knowledge import builtin
nlp = attache.load()
happened = attache.read("France commemorated Charles de Gaulle on Monday", "2021-03-01", nlp).events
event = next(e for e in happened if e.kind == "commemorate")
found = attache.read("The minister said that the talks (held in Oslo had a result.", "2021-03-01", nlp).findings
scores = list(evaluate(Path(sys.argv[1]), nlp))
print(json.dumps({
    "from": attache.__file__, "people": [p.id for p in builtin().people_named("Ilse Beispiel")],
    "terms": [str(t.days.first) for t in builtin().tenures_of("attache:ilse-beispiel")], "plover": event.plover.type, "cameo": event.cameo,
    "brackets": [f.text for f in found if f.rule == "bracket"], "score": [scores[0].form, scores[0].measures[0].found],
}))
"""


def changed(folder: Path) -> None:
    """Make the changes in a copy of the package."""
    shutil.copytree(PROJECT / "src" / "attache", folder / "src" / "attache", ignore=shutil.ignore_patterns("__pycache__", "vendor"))
    for how, name, body in BLOCK.findall((PROJECT / "CONTRIBUTING.md").read_text("utf-8")):
        target = folder / name
        assert target.exists() == (how == "append to"), name
        before = target.read_text("utf-8").rstrip("\n") + "\n" if target.exists() else ""
        target.write_text(before + body + "\n", "utf-8")
    for name, (old, new) in NAMED.items():
        text = (folder / name).read_text("utf-8")
        assert old in text, f"{name} has no {old!r}"
        (folder / name).write_text(text.replace(old, new, 1).replace(*IMPORTED), "utf-8")


def test_the_four_changes_work_as_written(tmp_path: Path) -> None:
    changed(tmp_path)
    gold = tmp_path / "languages.jsonl"
    rows = [
        {"text": "The minister said that the talks had been of use to both sides.", "english": True},
        {"text": "Das war es.", "english": False},
    ]
    gold.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src"), "XDG_CACHE_HOME": str(tmp_path / "cache"), "ATTACHE_KNOWLEDGE": ""}
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(gold)], env=environment, capture_output=True, text=True, timeout=300, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told.pop("from").startswith(str(tmp_path))
    assert told == {
        "people": ["attache:ilse-beispiel"], "terms": ["2031-01-01"], "plover": None, "cameo": "010", "brackets": ["("],
        "score": ["languages", 2],
    }  # fmt: skip
