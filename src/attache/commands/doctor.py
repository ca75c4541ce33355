"""``attache doctor``: looks at the installation and says what is wrong and what to do."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from attache.commands import options as o

_MARKS = {"ok": "ok", "note": "note", "problem": "PROBLEM"}


@click.command(short_help="Check the installation.")
@click.option("--record", "place", metavar="RECORD", help="Look at this record too; by default at record.db where it exists.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(place: str | None, form: str) -> int:
    """Check the installation: versions, data files, model, knowledge, record, extras, terminal.

    Ends with status 1 where there is a problem. Nothing is changed.
    """
    from attache.commands.checkup import all_checks
    from attache.show.safe import printable

    problems, found = 0, []
    for check in all_checks(place or "record.db", named=place is not None):
        problems += check.state == "problem"
        found.append(check)
        if form == "text":
            click.echo(printable(f"{_MARKS[check.state]:<8} {check.name:<19} {check.says}"))
            if check.remedy and check.state != "ok":
                click.echo(printable(f"{'':<28} → {check.remedy}"))
            sys.stdout.flush()
    if form == "json":
        click.echo(json.dumps({"ok": not problems, "checks": [asdict(check) for check in found]}, ensure_ascii=False))
    elif problems:
        o.complain(f"{problems} problem{'s' * (problems > 1)} found")
    return o.FAILED if problems else o.DONE
