"""Pages read by Daft, on this machine, on a Ray cluster of two nodes, and from and to an S3 store, give the record that `ingest` gives.

What needs daft, ray or moto (a local S3 server) is left out where the package is absent.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from urllib.request import Request, urlopen

import pytest

from attache.errors import UsageError
from attache.record import Record, open_record

TEXTS = (
    "The European Union imposed sanctions on Belarus on Monday. Josep Borrell met the foreign ministers of member states in Luxembourg.",
    "Russian Foreign Minister Sergey Lavrov met his Chinese counterpart Wang Yi in Guilin on Tuesday. Both criticised the sanctions.",
    "",
    "Tomato soup needs basil, patience and a heavy pot. Stir it from time to time and taste before you serve it with bread.",
    "The European Union imposed sanctions on Belarus on Monday. Josep Borrell met the foreign ministers of member states in Luxembourg.",
)

# Daft can be told once a process where to run, so that each run has one of its own.
_NODES = """
import socket
from ray.cluster_utils import Cluster
def node():
    # A node that has to tell its ports is given up where its agents do not start within some seconds, as on a busy machine.
    sockets = {name: socket.create_server(("127.0.0.1", 0)) for name in PORTS}
    ports = {name: one.getsockname()[1] for name, one in sockets.items()}
    [one.close() for one in sockets.values()]
    return {"num_cpus": 1, **ports}
PORTS = ("metrics_agent_port", "dashboard_agent_listen_port", "runtime_env_agent_port", "metrics_export_port")
cluster = Cluster(initialize_head=True, head_node_args={"include_dashboard": False, **node()})
cluster.add_node(**node())
import ray
ray.init(address=cluster.address)
assert len([n for n in ray.nodes() if n["Alive"]]) == 2
"""
_READ = """
import sys
from attache.cluster import read_table
print("pages", read_table(sys.argv[1], sys.argv[2], runner=sys.argv[3] or None))
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    pytest.importorskip("daft")
    polars = pytest.importorskip("polars")
    pages = {"text": TEXTS, "url": [f"https://{n}.example/" for n in range(len(TEXTS))], "date": ["2021-03-23"] * len(TEXTS)}
    polars.DataFrame(pages).write_parquet(tmp_path / "pages.parquet")
    return tmp_path / "pages.parquet"


def contents(record: Record) -> tuple[list[object], list[object]]:
    """Events and pages of a record, without the numbers that depend on the order of filing."""
    events = [(e.kind, e.who, e.whom, e.first, e.words, e.sources, e.reports) for e in record.events()]
    pages = [(p.uri, p.sha256, p.state, p.reason, p.day, p.events, p.findings) for p in record.pages()]
    return sorted(map(repr, events)), sorted(map(repr, pages))


def loaded_and_ingested(table: Path, read: Path) -> None:
    from attache.cluster import load

    with open_record(table.parent / "one.db") as one, open_record(table.parent / "two.db") as two:
        filed, failed = load(one, str(read))
        assert (filed, [uri for uri, _ in failed]) == (4, ["https://2.example/"]) and "empty" in failed[0][1]
        assert load(one, str(read))[0] == 0
        two.ingest([str(table)])
        assert contents(one) == contents(two)
        assert one.events() and [s.pages for s in one.stories(min_pages=2)] == [2]


def run_reading(table: Path, read: Path, runner: str, before: str = "") -> None:
    script = table.parent / "read.py"
    # Daft and Ray start processes that import the script again.
    script.write_text('if __name__ == "__main__":\n' + indent(before + _READ, "    "), "utf-8")
    done = subprocess.run([sys.executable, str(script), str(table), str(read), runner], capture_output=True, text=True, timeout=400)
    assert "pages 5" in done.stdout, done.stdout[-2000:] + done.stderr[-4000:]


def test_the_record_is_that_of_one_machine(table: Path) -> None:
    run_reading(table, table.parent / "read", "")
    loaded_and_ingested(table, table.parent / "read")


def command(table: Path, *more: str, source: str = "") -> subprocess.CompletedProcess[str]:
    words = ["ingest", source or str(table), "--record", str(table.parent / "command.db"), "--runner", *more]
    return subprocess.run([sys.executable, "-m", "attache", *words], capture_output=True, text=True, timeout=400)


def test_the_command_reads_tables_and_notes_the_run(table: Path) -> None:
    done = command(table, "local", "--tables", str(table.parent / "kept"))
    assert done.returncode == 1 and "3 filed, 0 already there, 1 skipped, 1 failed" in done.stderr, done.stderr[-3000:]
    assert list((table.parent / "kept" / "0000").glob("*.parquet"))
    with open_record(table.parent / "command.db") as one, open_record(table.parent / "two.db") as two:
        two.ingest([str(table)])
        assert contents(one) == contents(two)
        assert [(run.state, run.filed) for run in one.runs()] == [("done", 3)]
        assert [failure.uri for failure in one.failures()] == ["https://2.example/"]


@pytest.fixture
def bucket(table: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of a local S3 server with the table in it."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    for name, value in (("ENDPOINT_URL", address), ("ACCESS_KEY_ID", "test"), ("SECRET_ACCESS_KEY", "test"), ("REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    for path, data in (("news", b""), ("news/in/pages.parquet", table.read_bytes())):
        urlopen(Request(f"{address}/{path}", data, {"Content-Type": "application/octet-stream"}, method="PUT"), timeout=60).close()
    yield "s3://news"
    server.stop()


def test_a_table_in_s3_is_read_and_kept_there(table: Path, bucket: str) -> None:
    done = command(table, "local", "--tables", f"{bucket}/read", source=f"{bucket}/in/*.parquet")
    assert done.returncode == 1 and "3 filed, 0 already there, 1 skipped, 1 failed" in done.stderr, done.stderr[-3000:]
    listed = urlopen(f"{os.environ['AWS_ENDPOINT_URL']}/news?list-type=2&prefix=read/0000/", timeout=60).read()
    assert b".parquet</Key>" in listed
    with open_record(table.parent / "command.db") as one, open_record(table.parent / "two.db") as two:
        two.ingest([str(table)])
        assert contents(one) == contents(two)


def test_what_the_command_cannot_do_is_told(table: Path) -> None:
    pytest.importorskip("ray")
    for more, told in (
        (["ray://head:10001"], "needs --tables"), (["slurm"], "is no runner"), (["local", "--published", "2021-03-23"], "--date-column"),
    ):  # fmt: skip
        done = command(table, *more)
        assert done.returncode == 2 and told in done.stderr, done.stderr[-2000:]


@pytest.mark.bench
def test_bench_two_nodes_of_ray_give_the_same_record(table: Path) -> None:
    pytest.importorskip("ray")
    run_reading(table, table.parent / "read", "ray", _NODES)
    loaded_and_ingested(table, table.parent / "read")


def test_the_sum_of_a_month_is_right(project: Path) -> None:
    page = (project / "docs" / "cluster.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in page.splitlines() if line.count("|") == 6]
    hours = {"cluster": 0, "the record's machine": 0}
    for _, where, pages, rate, told in rows[2:]:
        assert int(told) == round(int(pages.replace(",", "")) / float(rate) / 3600)
        hours[where] += int(told)
    (told,) = re.findall(
        r"Together (\d+) hours on the cluster's cores, ([\d.]+) hours on 64 of them, and (\d+) on the record's machine", page
    )
    assert (int(told[0]), float(told[1]), int(told[2])) == (
        hours["cluster"],
        round(hours["cluster"] / 64, 1),
        hours["the record's machine"],
    )
    (price,) = re.findall(r"a core and hour that is (\d+) €", page)
    assert int(price) == round(0.04 * sum(hours.values()))


def test_other_files_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("daft")
    from attache.cluster import read_table

    with pytest.raises(UsageError, match="parquet"):
        read_table(str(tmp_path / "pages.warc"), str(tmp_path / "out"))
