"""Findings as SARIF 2.1.0, the form that editors and code hosts show beside the text they are about.

A run is one log with one result a finding. Places are those in the source file where the words stand there, counted as SARIF
counts them: characters (Unicode code points) from 0, lines and columns from 1, the latter where the source is a file that still holds
what was read.
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any, get_args
from urllib.parse import quote

from attache.dossier import Dossier, Finding, FindingKind, Source
from attache.errors import SourceError
from attache.show.words import FINDING_WORDS

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class SarifWriter:
    """Collects the results of a run; :meth:`finish` writes the log."""

    def __init__(self) -> None:
        self._results: list[dict[str, Any]] = []
        self._artifacts: dict[str, dict[str, Any]] = {}
        self._failures: list[str] = []

    def dossier(self, dossier: Dossier) -> None:
        """Add a page's findings."""
        source = dossier.source
        uri, decoded = uri_of(source.uri), _decoded(source)
        artifact = {"location": {"uri": uri}, "mimeType": source.media_type, "hashes": {"sha-256": source.sha256}}
        self._artifacts.setdefault(uri, artifact)
        self._results += [_result(finding, uri, decoded) for finding in dossier.findings]

    def failure(self, error: SourceError) -> None:
        """Note an input that could not be read."""
        self._failures.append(str(error))

    def finish(self, stream: IO[str]) -> None:
        """Write the log of the run."""
        rules = [{"id": kind, "shortDescription": {"text": FINDING_WORDS[kind]}} for kind in get_args(FindingKind)]
        driver = {"name": "attache", "version": _version(), "rules": rules}
        notices = [{"level": "error", "message": {"text": message}} for message in self._failures]
        run = {
            "tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "artifacts": list(self._artifacts.values()),
            "invocations": [{"executionSuccessful": not notices, "toolExecutionNotifications": notices}], "results": self._results,
        }  # fmt: skip
        json.dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, stream, ensure_ascii=False, indent=1)
        stream.write("\n")


def _version() -> str:
    try:
        return version("attache")
    except PackageNotFoundError:  # read from a checkout that was not installed
        return "0"


def uri_of(source: str) -> str:
    """A source as a URI reference: addresses as they are, paths quoted, with the mark of a line (``#id``) kept."""
    if "://" in source:
        return source
    path, mark, name = source.partition("#")
    return quote(Path(path).as_posix() if path else source, safe="/:.~-_") + (f"#{quote(name, safe='')}" if mark else "")


def _decoded(source: Source) -> str | None:
    """The source's own characters, for lines and columns; None where it is no file in UTF-8, or is no longer what was read."""
    try:
        data = Path(source.uri).read_bytes()
        return data.decode("utf-8") if hashlib.sha256(data).hexdigest() == source.sha256 else None
    except (OSError, ValueError):
        return None


def _result(finding: Finding, uri: str, decoded: str | None) -> dict[str, Any]:
    message = " ".join([finding.message, *(f"({ground})" for ground in finding.grounds)])
    location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    region = _region(finding, decoded)
    if region is not None:
        location["region"] = region
    result: dict[str, Any] = {
        "ruleId": finding.kind, "ruleIndex": get_args(FindingKind).index(finding.kind), "level": finding.severity,
        "message": {"text": message}, "locations": [{"physicalLocation": location}],
        # SARIF ranks from 0 to 100; how sure attache is of the finding.
        "rank": round(100 * finding.confidence, 1), "properties": {"rule": finding.rule, "reading": finding.reading},
    }  # fmt: skip
    return result


def _region(finding: Finding, decoded: str | None) -> dict[str, Any] | None:
    """The words in the source; None where the source has not these characters, or the whole page is meant."""
    if finding.raw is None:
        return None
    start, end = finding.raw.start, finding.raw.end
    region: dict[str, Any] = {"charOffset": start, "charLength": end - start, "snippet": {"text": finding.text}}
    if decoded is not None and decoded[start:end] == finding.text:
        region |= {"startLine": decoded.count("\n", 0, start) + 1, "startColumn": start - decoded.rfind("\n", 0, start)}
        region |= {"endLine": decoded.count("\n", 0, end) + 1, "endColumn": end - decoded.rfind("\n", 0, end)}
    return region
