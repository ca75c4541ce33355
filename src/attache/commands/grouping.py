"""The list of commands that ``attache --help`` shows, in groups by what one wants to do."""

from __future__ import annotations

import click

GROUPS: dict[str, tuple[str, ...]] = {
    "Read pages": ("read",),
    "Fill a record": ("ingest", "watch", "settle", "failures"),
    "Ask a record": ("events", "search", "person", "stories", "story", "export", "serve"),
    "What is known": ("knowledge",),
    "Measure": ("evaluate", "garble"),
    "Look after attache": ("doctor", "completion"),
}
_REST = "More"


class Grouped(click.Group):
    """A group of commands whose help lists them under headings; one that stands in no group comes last."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the groups."""
        named = [name for group in GROUPS.values() for name in group]
        return [*(n for n in named if n in self.commands), *sorted(self.commands.keys() - set(named))]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one section a group, the names of all groups in a column of one width."""
        listed = {name for group in GROUPS.values() for name in group}
        rest = tuple(name for name in self.list_commands(ctx) if name not in listed)
        width = max(map(len, self.commands), default=0)
        for heading, names in {**GROUPS, **({_REST: rest} if rest else {})}.items():
            shown = [(name, self.commands[name]) for name in names if name in self.commands and not self.commands[name].hidden]
            if shown:
                limit = formatter.width - 6 - width
                with formatter.section(heading):
                    formatter.write_dl([(name.ljust(width), command.get_short_help_str(limit)) for name, command in shown])
