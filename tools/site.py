"""What mkdocs needs besides docs/: a page a kind of event, made from docs/ontology/events.toml, and the files at the project's root.

Used as a hook of mkdocs (see mkdocs.yml). A link from docs/ to a file outside of it leads to that file's page where it has one, and is
plain text elsewhere, so that the site has no link into a repository that its reader may not have.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent
ROOT_PAGES = {
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "ARCHITECTURE.md": "architecture.md",
    "README.md": "index.md",
}
"""Files beside docs/ and their pages on the site."""
EVENTS = PROJECT / "docs" / "ontology" / "events.toml"
CODES = PROJECT / "src" / "attache" / "what" / "codes.toml"
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


def kinds() -> dict[str, dict[str, Any]]:
    """Every kind of event with its definition, limits, parties, examples and codes."""
    codes = tomllib.loads(CODES.read_text("utf-8"))
    told = tomllib.loads(EVENTS.read_text("utf-8"))
    return {kind: {**codes.get(kind, {}), **row} for kind, row in told.items()}


def event_page(kind: str, row: dict[str, Any]) -> str:
    """One kind's page."""
    code = " · ".join(
        [
            f"PLOVER `{row['type']}`" if row.get("type") else "no PLOVER type",
            *([f"mode `{row['mode']}`"] if row.get("mode") else []),
            f"CAMEO `{row['cameo']}`" if row.get("cameo") else "no CAMEO code",
        ]
    )
    examples = "\n".join(f"> {sentence}\n" for sentence in row["examples"])
    words = f"src/attache/what/lexicon/{kind}.toml"
    return f"""# {kind}

{row["means"]}

{row["not"]}

- Parties: {row["parties"]}.
- Code of a plain one: {code}. A verb or noun may say it more exactly, and what was not done is coded by the will behind it: see
  [PLOVER and CAMEO](../events.md#plover-and-cameo).
- Its words: `{words}`.

Read as *{kind}* (`tests/test_ontology.py` reads each):

{examples}"""


def events_index() -> str:
    """The list of kinds, to stand on the ontology's first page."""
    rows = [f"| [{k}]({k}.md) | {r['means']} | {r.get('type') or '–'} | {r.get('cameo') or '–'} |" for k, r in kinds().items()]
    return "\n".join(["| kind | an event is of this kind where | PLOVER | CAMEO |", "| --- | --- | --- | --- |", *rows])


def commands_page() -> str:
    """The help of every command, one section each."""
    import click

    from attache.cli import commands

    def told(command: click.Command, name: str, above: click.Context | None) -> list[str]:
        context = click.Context(command, info_name=name, parent=above, terminal_width=100, max_content_width=100)
        parts = [f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"]
        if isinstance(command, click.Group):
            for inner in command.list_commands(context):
                parts += told(command.commands[inner], inner, context)
        return parts

    return "\n".join(told(commands, "attache", None))


def on_files(files: Any, config: Any) -> Any:
    """Add the made pages and those of the project's root."""
    from mkdocs.structure.files import File

    for kind, row in kinds().items():
        files.append(File.generated(config, f"ontology/{kind}.md", content=event_page(kind, row)))
    for source, target in ROOT_PAGES.items():
        if not (PROJECT / "docs" / target).exists():
            files.append(File.generated(config, target, content=(PROJECT / source).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Put the list of kinds in its place, and turn links that leave docs/."""
    source = page.file.src_uri
    made = {"ontology/index.md": ("<!-- the kinds -->", events_index), "commands.md": ("<!-- the commands -->", commands_page)}
    text = markdown.replace(made[source][0], made[source][1]()) if source in made else markdown
    home = "" if source in ROOT_PAGES.values() and not (PROJECT / "docs" / source).exists() else "docs/"
    return _LINK.sub(lambda found: turned(found, home + source), text)


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Nothing that is fetched from elsewhere."""
    return _at_home(output)


def on_post_template(output_content: str, template_name: str, config: Any) -> str:
    """The same for what is made from no page, such as 404.html."""
    return _at_home(output_content)


def _at_home(html: str) -> str:
    """Without the helper that the theme would fetch for a search in browsers that forbid workers in files."""
    return re.sub(r"""<script src=["']?https?://[^>]*></script>""", "", html)


def turned(found: re.Match[str], source: str) -> str:
    """A link as it must be on the site; ``source`` is the page's path in the project."""
    mark, words, target = found.groups()
    address, _, anchor = target.partition("#")
    if "://" in target or not address or target.startswith("mailto:"):
        return found[0]
    place = (PROJECT / source).parent / address
    path = Path(*_folded(place.relative_to(PROJECT).parts)).as_posix()
    here = source.removeprefix("docs/").count("/")
    if path in ROOT_PAGES:
        path = f"docs/{ROOT_PAGES[path]}"
    if path.startswith("docs/"):
        return f"{mark}[{words}]({'../' * here}{path.removeprefix('docs/')}{'#' + anchor if anchor else ''})"
    return words if words.startswith("`") or mark else f"{words} (`{path}`)" if words != path else f"`{path}`"


def _folded(parts: tuple[str, ...]) -> list[str]:
    """A path's parts with its ``..`` worked out."""
    out: list[str] = []
    for part in parts:
        if part == ".." and out:
            out.pop()
        elif part not in {".", ".."}:
            out.append(part)
    return out
