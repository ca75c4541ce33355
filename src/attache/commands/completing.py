"""``attache completion``: what a shell needs to complete commands, options and their values with the Tab key."""

from __future__ import annotations

import os
import sys
from typing import get_args

import click
from click.shell_completion import CompletionItem, get_completion_class, shell_complete

from attache.commands import options as o
from attache.errors import UsageError

VARIABLE = "_ATTACHE_COMPLETE"
"""Set by the shell's script when it asks what may come next."""
SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="Let a shell complete commands.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the script that completes attache's commands in a shell.

    \b
    bash   attache completion bash >> ~/.bashrc
    zsh    attache completion zsh >> ~/.zshrc
    fish   attache completion fish > ~/.config/fish/completions/attache.fish
    """
    script = get_completion_class(shell)
    if script is None:
        raise UsageError(f"{shell}: no script for this shell; there are {', '.join(SHELLS)}")
    click.echo(script(context.find_root().command, {}, "attache", VARIABLE).source())
    return o.DONE


def asked(commands: click.Command) -> int | None:
    """Answer a shell's question, if it asks one; the exit status, or None where this is no question."""
    instruction = os.environ.get(VARIABLE)
    if not instruction:
        return None
    status = shell_complete(commands, {}, "attache", VARIABLE, instruction)
    sys.stdout.flush()
    return status


def kinds(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The kinds of event that begin so."""
    from attache.dossier import EventKind

    return [CompletionItem(kind) for kind in get_args(EventKind) if kind.startswith(begun)]


def statuses(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The statuses of an event that begin so."""
    from attache.dossier import Status

    return [CompletionItem(status) for status in get_args(Status) if status.startswith(begun)]
