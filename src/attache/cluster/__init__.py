"""Reads tables of pages on many machines with Daft, and loads the result into a record (extra ``cluster``).

::

    read_table("s3://news/2021-03/*.parquet", "s3://news/read/")     # on the cluster that Daft is set to; else on this machine
    with attache.open_record("record.db") as record:
        load(record, "s3://news/read/")                              # files, groups and merges as `ingest` does

Paths are whatever Daft opens: local, ``s3://``, ``gs://``, ``az://``. Reading a page is some hundred times the work of grouping it, so that
the cluster does the reading and the record the rest: the same code as on one machine, hence the same record.
"""

from attache.cluster.ingesting import ingest_tables
from attache.cluster.loading import load
from attache.cluster.reading import read_table

__all__ = ["ingest_tables", "load", "read_table"]
