"""Make the lemma tables from spaCy's lookup data (MIT; from WordNet): ``python -m training.lemmas src/attache/language/data``.

Irregular forms become a CSV that a person can edit; the lists of verbs and adjectives decide between "make" and "mak".
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
import sys
from pathlib import Path


def main() -> None:
    """Read the tables of the installed package ``spacy-lookups-data`` and write ours."""
    spec = importlib.util.find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        raise SystemExit("the lemma tables are made from spacy-lookups-data: pip install spacy-lookups-data")
    folder, out = Path(spec.origin).parent / "data", Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    exceptions = json.loads(gzip.decompress((folder / "en_lemma_exc.json.gz").read_bytes()))
    index = json.loads(gzip.decompress((folder / "en_lemma_index.json.gz").read_bytes()))
    with (out / "lemma_exceptions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["form", "pos", "lemma"])
        for pos in ("adj", "adv", "noun", "verb"):
            for form, lemmas in sorted(exceptions[pos].items()):
                if form.isalpha() and lemmas[0] != form:
                    writer.writerow([form, pos.upper(), lemmas[0]])
    for pos in ("verb", "adj"):
        words = sorted({w for w in index[pos] if w.isalpha() and w.islower() and (pos == "verb" or len(w) <= 6)})
        (out / f"{pos}s.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
