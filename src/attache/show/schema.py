"""``python -m attache.show.schema`` prints the JSON schema of a dossier, as published in ``docs/dossier.schema.json``."""

from __future__ import annotations

import json

from attache.dossier import Dossier


def schema_text() -> str:
    """The schema as it is published."""
    return json.dumps(Dossier.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(schema_text(), end="")
