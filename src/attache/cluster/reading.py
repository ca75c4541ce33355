"""Rows of pages in, rows of dossiers out, as a Daft pipeline."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attache._read import Reader
from attache.errors import SourceError, UsageError
from attache.page import Columns, page_of
from attache.page.columns import found_columns, item_of
from attache.record.perusal import reading_key, unread, why_skipped

if TYPE_CHECKING:
    from daft import DataFrame


def read_table(
    source: str, target: str, *, columns: Columns | None = None, runner: str | None = None, pipeline: str | None = None,
    everything: bool = False, cpus: float = 1.0,
) -> int:  # fmt: skip
    """Read the pages of Parquet, CSV or JSON-lines files and write Parquet files of dossiers to a folder; how many pages.

    `runner`: None for this machine's cores, ``ray`` for the Ray cluster found, or its address (``ray://head:10001``). Each reading
    process takes `cpus` cores and loads the pipeline once. A page that cannot be read has its reason in its row. `UsageError` names a
    missing package or column.
    """
    daft = daft_library()
    if runner is not None:
        _need_ray()
        daft.set_runner_ray(address="auto" if runner == "ray" else runner)
    frame = _opened(daft, source)
    names = found_columns(frame.column_names, columns or Columns(), source)
    rows = daft.functions.to_struct(*(frame[name].cast(daft.DataType.string()).alias(part) for part, name in names.items()))
    read = daft.cls(_Reading, cpus=cpus)(pipeline, everything, source)
    written = frame.select(read(rows).alias("page")).write_parquet(target, write_mode="overwrite")
    # The paths that writing tells lack their scheme on S3.
    return int(daft.read_parquet(written_files(target)).count_rows()) if written.to_pydict()["path"] else 0


def written_files(target: str) -> str:
    """The pattern of the files in a folder that `read_table` wrote."""
    return target.rstrip("/") + "/*.parquet"


class _Reading:
    """One reading process."""

    def __init__(self, pipeline: str | None, everything: bool, source: str) -> None:
        self._reader = Reader(pipeline, None)
        self._pipeline, self._everything, self._source = pipeline, everything, source

    def __call__(self, row: dict[str, Any]) -> str:
        """A page's row as JSON: the dossier, what `load` needs beside it, or the reason why there is none."""
        return json.dumps(self._read({part: value for part, value in row.items() if value is not None}), ensure_ascii=False)

    def _read(self, row: dict[str, Any]) -> dict[str, Any]:
        try:
            item = item_of(row, {part: part for part in row}, self._source, 0)
            page = page_of(item)
        except SourceError as error:
            return {"uri": row.get("url") or self._source, "error": str(error), "kind": type(error).__name__}
        stated = self._reader.stated(page)
        known = {"uri": item.uri, "url": item.url, "body": item.text}
        if reason := why_skipped(page, self._everything):
            return {**known, "skipped": reason, "dossier": unread(page, stated).model_dump(mode="json")}
        dossier = self._reader.read(page)
        if isinstance(dossier, SourceError):
            return {"uri": item.uri, "error": str(dossier), "kind": type(dossier).__name__}
        return {**known, "reading": reading_key(page, stated, self._pipeline), "dossier": dossier.model_dump(mode="json")}


def daft_library() -> Any:
    """Daft, or a `UsageError` where it is not installed."""
    try:
        import daft
    except ImportError as error:
        raise UsageError("reading on a cluster needs the package daft: pip install 'attache[cluster]'") from error
    return daft


def _need_ray() -> None:
    try:
        import ray  # noqa: F401
    except ImportError as error:
        raise UsageError("a Ray cluster needs the package ray: pip install 'attache[cluster]'") from error


def _opened(daft: Any, source: str) -> DataFrame:
    readers: dict[str, Callable[[str], DataFrame]] = {
        ".parquet": daft.read_parquet, ".csv": daft.read_csv, ".jsonl": daft.read_json, ".json": daft.read_json,
    }  # fmt: skip
    read = next((reader for ending, reader in readers.items() if source.removesuffix(".gz").endswith(ending)), None)
    if read is None:
        raise UsageError(f"{source}: a cluster reads {', '.join(readers)}; give a path or a pattern with such an ending")
    try:
        return read(source)
    except (OSError, daft.exceptions.DaftCoreException) as error:
        raise UsageError(f"{source}: cannot be opened ({str(error).strip().splitlines()[0][:200]})") from error
