"""Compiles the knowledge tables while a wheel is built, so that an installed attache finds its database ready."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeHook(BuildHookInterface[Any]):
    """Makes ``knowledge.sqlite``, where it is not already fresh; editable installs get it in the working tree."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are collected."""
        packaged = self._packaged()
        target = packaged.DATA / packaged.NAME
        if not packaged.is_fresh(target, packaged.digest()):
            packaged.build(target)

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
