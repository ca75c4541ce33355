"""The documentation as a site: it builds without a warning, no link is dead, and nothing in it is fetched from elsewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

PROJECT = Path(__file__).parent.parent
pytest.importorskip("mkdocs", reason="the extra docs is not installed")
pytest.importorskip("mkdocstrings", reason="the extra docs is not installed")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    target = tmp_path_factory.mktemp("site")
    sys.path.insert(0, str(PROJECT / "tools"))
    config = load_config(str(PROJECT / "mkdocs.yml"), site_dir=str(target), strict=True)
    config.plugins.run_event("startup", command="build", dirty=False)
    build(config)
    return target


def links(page: Path) -> list[tuple[str, str]]:
    """(attribute, address) of everything that a page links to or loads."""
    return re.findall(r"""\s(href|src)=["']?([^"' >]+)""", page.read_text("utf-8"))


def test_pages_and_links(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 60
    texts = {page: page.read_text("utf-8") for page in pages}
    dead = []
    for page in pages:
        for _, address in links(page):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or address.startswith(("#", "data:", "/")):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            target = target / "index.html" if target.is_dir() else target
            anchor = unquote(parts.fragment)
            if not target.exists() or (anchor and target in texts and f'id="{anchor}"' not in texts[target]):
                dead.append((page.name, address))
    assert not [one for one in dead if one[0] != "404.html"]


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = re.compile(r"""<(?:script|link|img|iframe)[^>]*?(?:src|href)=["']?(https?:)?//[^"' >]+""")
    assert not [(page.name, found[0]) for page in site.rglob("*.html") if (found := loaded.search(page.read_text("utf-8")))]
    imported = re.compile(r"(?:@import|url\()\s*[\"']?(?:https?:)?//")
    assert not [sheet.name for sheet in site.rglob("*.css") if imported.search(sheet.read_text("utf-8"))]


def test_every_kind_and_command_is_on_it(site: Path) -> None:
    assert (site / "ontology" / "cease-fire.html").is_file() and "cease-fire" in (site / "ontology" / "index.html").read_text("utf-8")
    assert "attache doctor" in (site / "commands.html").read_text("utf-8")
