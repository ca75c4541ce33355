"""Findings for other tools: SARIF for editors, ClaimReview for fact-checkers, and the exit status for scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sample_dossier import sample

from attache.cli import DONE, FAILED, main
from attache.dossier import Dossier, Finding, Span
from attache.show import writer
from attache.show.sarif import uri_of

SCHEMA = Path(__file__).parent.parent / "build" / "npm" / "sarif-2.1.0-rtm.5.json"
PAGE = "The talks went well and were held in a good mood on Monday. Teapot. They went on."


def shown(form: str, *dossiers: Dossier) -> dict[str, Any]:
    import io

    stream = io.StringIO()
    with writer(form, stream) as out:
        for dossier in dossiers:
            out.dossier(dossier)
    found: dict[str, Any] = json.loads(stream.getvalue())
    return found


def contradicted() -> Dossier:
    text = "It began well. The United States left the deal in 2008 under protest. More followed."
    start = text.index("2008")
    finding = Finding(
        kind="contradiction", span=Span(start=start, end=start + 4), text="2008", reading="2018", message="It left in 2018, not 2008.",
        grounds=["the United States left on 8 May 2018"], severity="error", confidence=0.9, rule="contradiction-withdraw",
    )  # fmt: skip
    return sample().model_copy(update={"text": text, "findings": [finding, finding.model_copy(update={"severity": "warning"})]})


def test_sarif_has_one_result_a_finding() -> None:
    run = shown("sarif", sample())["runs"][0]
    assert [(r["ruleId"], r["level"], r["rank"]) for r in run["results"]] == [("fragment", "warning", 80), ("corrupted-name", "error", 90)]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"]) and all(r["shortDescription"]["text"] for r in rules)


def test_sarif_of_a_file_has_lines_and_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "a page.txt"
    page.write_text(f"Café talks\n\n{PAGE}\n", "utf-8")
    assert main(["read", str(page), str(tmp_path / "gone.txt"), "--format", "sarif"]) == FAILED
    run = json.loads(capsys.readouterr().out)["runs"][0]
    region = next(r for r in run["results"] if r["ruleId"] == "fragment")["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == region["endLine"] == 3 and region["startColumn"] == PAGE.index("Teapot") + 1
    assert region["endColumn"] == region["startColumn"] + len("Teapot.") == region["startColumn"] + region["charLength"]
    assert run["artifacts"][0]["location"]["uri"].endswith("/a%20page.txt")
    assert not run["invocations"][0]["executionSuccessful"]
    assert "gone.txt" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_holds_to_its_schema() -> None:
    if not SCHEMA.is_file():
        pytest.skip("the schema is not there; `make vendor` fetches it where Node is")
    import jsonschema

    schema = json.loads(SCHEMA.read_text("utf-8"))
    for log in (shown("sarif"), shown("sarif", sample(), contradicted())):
        jsonschema.validate(log, schema, cls=jsonschema.Draft7Validator)


def test_sources_become_uri_references() -> None:
    assert uri_of("https://example.org/a?b=c") == "https://example.org/a?b=c"
    assert uri_of("pages/a b%.txt") == "pages/a%20b%25.txt" and uri_of("b.jsonl#7 a") == "b.jsonl#7%20a" and uri_of("-") == "-"


def test_claimreview_reviews_what_contradicts_a_fact() -> None:
    graph = shown("claimreview", contradicted(), sample())
    assert graph["@context"] == "https://schema.org" and len(graph["@graph"]) == 1
    review = graph["@graph"][0]
    assert review["@type"] == "ClaimReview" and review["itemReviewed"]["@type"] == "Claim"
    assert review["claimReviewed"] == "The United States left the deal in 2008 under protest."
    assert "8 May 2018" in review["reviewBody"] and review["reviewRating"]["ratingValue"] == review["reviewRating"]["worstRating"]
    assert review["itemReviewed"]["appearance"]["url"] == "page.txt"


def test_claimreview_expands_as_linked_data() -> None:
    pyld = pytest.importorskip("pyld.jsonld")
    graph = shown("claimreview", contradicted())
    graph["@context"] = {"@vocab": "https://schema.org/"}  # the address's own context, without the network
    types = {kind for node in pyld.flatten(graph) for kind in node.get("@type", [])}
    assert {f"https://schema.org/{name}" for name in ("ClaimReview", "Claim", "Rating")} <= types


def test_strict_tells_errors_by_the_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    assert main(["read", str(page), "--format", "json"]) == DONE
    assert main(["read", str(page), "--format", "json", "--strict"]) == FAILED
    assert "1 finding at error level" in capsys.readouterr().err
    page.write_text(PAGE.replace(" Teapot.", ""), "utf-8")
    assert main(["read", str(page), "--format", "json", "--strict"]) == DONE
