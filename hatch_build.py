"""What a wheel needs that is not kept in git: the compiled knowledge tables, and the desk's third-party files where npm is there."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelHook(BuildHookInterface[Any]):
    """Makes ``knowledge.sqlite`` where it is not fresh, fetches htmx and the map; editable installs get them in the working tree."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make them before the files are collected; a build never fails for want of npm."""
        for message in self._vendor().fetch_all():
            print(f"attache: {message}", file=sys.stderr)
        packaged = self._packaged()
        target = packaged.DATA / packaged.NAME
        if not packaged.is_fresh(target, packaged.digest()):
            packaged.build(target)

    def _vendor(self) -> Any:
        """``tools/vendor.py``, which is no part of the package."""
        sys.path.insert(0, str(Path(self.root) / "tools"))
        import vendor

        return vendor

    def _packaged(self) -> Any:
        """``attache.knowledge.packaged`` without the packages around it, whose imports are not installed where a wheel is built."""
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        for name in ("attache", "attache.knowledge"):
            bare = ModuleType(name)
            bare.__path__ = [str(source.joinpath(*name.split(".")))]
            sys.modules[name] = bare
        from attache.knowledge import packaged

        return packaged
