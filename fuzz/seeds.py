"""What the entries begin with: small sound inputs of each form, and words that coverage alone would take long to find."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parent.parent
SOURCE = PROJECT / "src" / "attache"
KEPT = PROJECT / "tests" / "finds"

_STORY = (
    "Stoltenberg meets Blinken in Brussels\n\nBRUSSELS (AP) — NATO Secretary General Jens Stomberberg met US Secretary of State Antony "
    "Blinken on Tuesday, March 23, 2021.\n\n“We will not leave before the time is right,” Stoltenberg said, according to a spokesman. "
    "The minister denied that the talks had failed last week and warned Russia, he added.\n\nLeave a Reply\nShare on Facebook\n"
)
_HTML = (
    "<!doctype html><html><head><meta charset='utf-8'><title>Talks | Post</title><meta property='article:published_time' "
    "content='2021-03-23'></head><body><nav><ul><li>Home</li></ul></nav><article><h1>Talks</h1><p>Ministers met on Tuesday &amp; "
    "agreed &#8220;to go on&#8221; with the talks, which began last year in Vienna.</p><p>The cafÃ© was closed.</p></article>"
    "<script>var a=1</script><footer>&copy; 2021</footer></body></html>"
)
_RSS = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>N</title><ttl>5</ttl><item><title>A</title><link>https://a.example/1</link>"
    "<pubDate>Tue, 23 Mar 2021 10:00:00 GMT</pubDate><description>&lt;p&gt;Ministers met in Riga.&lt;/p&gt;</description></item></channel></rss>"
)
_ATOM = (
    "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title>N</title><entry><id>x</id><title>A</title>"
    "<updated>2021-03-23T10:00:00Z</updated><content type='html'>Ministers met in Riga.</content></entry></feed>"
)
_WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://a.example/1\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
)
_HTTP = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>Ministers met in Riga on Tuesday.</p></body></html>"
)
_JSONL = json.dumps({"id": "x", "text": _STORY, "url": "https://a.example/1", "date": "2021-03-23", "title": "T"})
_CSV = 'id,text,date,url,title\n1,"Ministers met in ""Riga"" on Tuesday.",2021-03-23,https://a.example/1,Talks\n2,,,,\n'
_FTM = "\n".join(
    json.dumps(row) for row in (
        {"id": "Q1", "schema": "Person", "caption": "Ann Example", "properties": {"name": ["Ann Example"], "country": ["us"], "position": ["Minister"]}},
        {"id": "p1", "schema": "Position", "caption": "Minister of Foreign Affairs", "properties": {"name": ["Minister"], "country": ["de"]}},
        {"id": "o1", "schema": "Occupancy", "properties": {"holder": ["Q1"], "post": ["p1"], "startDate": ["2020-01-01"], "endDate": ["2021"]}},
        {"id": "g1", "schema": "Organization", "caption": "A Body", "properties": {"name": ["A Body"], "jurisdiction": ["fr"]}},
    )
)  # fmt: skip
_POPOLO = json.dumps({
    "persons": [{"id": "1", "name": "Ann Example", "other_names": [{"name": "A. Example"}], "identifiers": [{"scheme": "wikidata", "identifier": "Q1"}]}],
    "organizations": [{"id": "o", "name": "House"}],
    "memberships": [{"person_id": "1", "organization_id": "o", "role": "member", "start_date": "2020-01-01", "end_date": None}],
})  # fmt: skip
_PEOPLE = "name,aliases,country,office,start,end\nAnn Example,A. Example|Anne,USA,Minister of Clocks,2020-01,2021\n"


def _snak(value: object) -> dict[str, object]:
    return {"snaktype": "value", "datavalue": {"value": value}}


_WIKIDATA = "[\n" + ",\n".join(
    json.dumps(row) for row in (
        {"type": "item", "id": "Q1", "labels": {"en": {"value": "Ann Example"}}, "aliases": {"en": [{"value": "Anne"}]}, "claims": {
            "P31": [{"mainsnak": _snak({"id": "Q5"})}], "P27": [{"mainsnak": _snak({"id": "Q30"})}],
            "P39": [{"mainsnak": _snak({"id": "Q2"}), "qualifiers": {"P580": [_snak({"time": "+2020-01-01T00:00:00Z", "precision": 11})]}}]}},
        {"type": "item", "id": "Q2", "labels": {"en": {"value": "Minister"}}, "claims": {"P31": [{"mainsnak": _snak({"id": "Q4164871"})}],
            "P1001": [{"mainsnak": _snak({"id": "Q30"})}]}},
        {"type": "item", "id": "Q3", "labels": {"en": {"value": "Treaty of X"}}, "claims": {"P31": [{"mainsnak": _snak({"id": "Q131569"})}],
            "P585": [{"mainsnak": _snak({"time": "+1990-00-00T00:00:00Z", "precision": 9})}], "P1891": [{"mainsnak": _snak({"id": "Q183"})}]}},
    )
) + "\n]"  # fmt: skip
_TIMES = (
    "on Tuesday, March 23, 2021 at 9:30 p.m. last week three years ago the 1990s Q3 2021 from May 3 to 5 the 19th century tonight 3/4/2021 "
    "the first half of last year nineteen ninety-nine every Monday two and a half months the year-earlier quarter Christmas 2020 mid-May"
)


def _parquet() -> bytes:
    import polars

    out = io.BytesIO()
    polars.DataFrame({"text": ["Ministers met in Riga.", None], "date": ["2021-03-23", ""], "id": [1, 2]}).write_parquet(out)
    return out.getvalue()


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """The inputs of an entry to begin with; those of finds that were mended among them."""
    kept = tuple(path.read_bytes() for path in sorted(KEPT.glob(f"{name}-*.bin"))) if KEPT.is_dir() else ()
    return (*_own(name), *kept)


def _own(name: str) -> tuple[bytes, ...]:
    story, html, jsonl = _STORY.encode(), _HTML.encode(), _JSONL.encode()
    warc = _WARC % (len(_HTTP), _HTTP)
    texts = (story, _TIMES.encode(), "The cafÃ© in SÃ£o TomÃ© – “naïve”\u200b\x1b[31m".encode())
    known: dict[str, tuple[bytes, ...]] = {
        "html": (html,), "file": (story, html, gzip.compress(html), _STORY.encode("utf-16"), "Złoty spadł".encode("iso-8859-2")),
        "charset": (b"\x0aiso-8859-2" + "Złoty spadł po rozmowach".encode("iso-8859-2"), b"\0" + story.decode().encode("utf-16-le")),
        "feed": (_RSS.encode(), _ATOM.encode()), "warc": (warc, warc * 2), "warc-gz": (gzip.compress(warc) * 2,), "jsonl": (jsonl,),
        "csv": (_CSV.encode(),), "address": (b"http://93.184.216.34/a?b=c#d", b"https://[::1]:80/", b"http://0x7f.1/", b"http://2130706433/"),
        "import-wikidata": (_WIKIDATA.encode(),), "import-wikidata-line": (_WIKIDATA.encode(),), "import-ftm": (_FTM.encode(),),
        "import-ftm-line": (_FTM.encode(),), "import-popolo": (_POPOLO.encode(),), "import-csv": (_PEOPLE.encode(),),
        "import-form": (_FTM.encode(), _POPOLO.encode(), _WIKIDATA.encode(), gzip.compress(_FTM.encode())),
        "import-gz": (gzip.compress(_FTM.encode()),), "import-bz2": (bz2.compress(_FTM.encode()),),
        "names": (b"Jens Stomberberg\0NATO chief", b"Yang Jie Chi\0Chinese foreign minister", "Łukasz Đặng\0US Secretary of State".encode()),
        "garble": (b"Jens Stoltenberg", "İlham Əliyev".encode(), b"Ursula von der Leyen"), "dossier": (_dossier(),), "rows": (b"=1+1", b"a,b"),
        "carried": (b"Reading\0{}", b"Event\0{}"), "copies": (story + b"\0" + story.replace(b"March 23", b"March 24"),),
        "question": (b'ana "met in" -x', b"2021-03-23"), "record-rows": (b'[["pages", "day", "x"]]', b'[["findings", "grounds", "x"]]'),
        "desk": (b"GET /events?kind=meet&since=2021-03-01&offset=3", b"GET /search?q=ana\nhost: 127.0.0.1",
                 b'POST /judgements.json\ncontent-type: application/json\n\n{"subject": "event", "verdict": "reject", "page": 1}',
                 b"GET /page/1.json", b"GET /actor/attache%3Aana-kovic", b"GET /names.json?q=an", b"GET /events/take?form=ics&actor=ana"),
        "record-file": (bytes(range(64)),), "filed": (bytes(range(200)),),
    }  # fmt: skip
    return (_parquet(),) if name == "parquet" else known.get(name, texts)


def _dossier() -> bytes:
    import sys

    sys.path.insert(0, str(PROJECT / "tests"))
    from sample_dossier import sample

    return sample().model_dump_json().encode()


_TAGS = "<p> </p> <div> <article> <!-- --> <![CDATA[ ]]> <script> <style> <table> <br/> &amp; &#x110000; &lt; <meta charset= <title> <head>"
_MARKS = (
    "\u200b",
    "\u202e",
    "\x1b]0;",
    "\x1b[31m",
    "\ufffd",
    "Ã©",
    "â€œ",
    "“",
    "”",
    "\r\n",
    "\u2028",
    "ﬁ",
    "İ",
    "ß",
    "़",
    "é",
    "\ufeff",
    "٣",
    "²",
    "½",
)


def dictionary(name: str) -> str:
    """Words for libFuzzer: the vocabulary of attache's own tables, tags, odd characters."""
    vocabulary = tomllib.loads((SOURCE / "when" / "data" / "vocabulary.toml").read_text("utf-8"))
    words = [word for table in vocabulary.values() if isinstance(table, dict) for word in table][:300]
    words += (
        "said according to met the minister president Putin Biden U.S. NATO Secretary General of State denied that will on in by".split()
    )
    words += [*_TAGS.split(" "), *_MARKS, "1e400", "-1", "null", "\\ud800", "99999999999999999999", '"id":', '"text":', '"html":']
    return "".join(f'"{_escaped(word)}"\n' for word in dict.fromkeys(words) if word)


def _escaped(word: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 and b not in (34, 92) else f"\\x{b:02x}" for b in word.encode("utf-8"))
