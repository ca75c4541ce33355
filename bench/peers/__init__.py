"""attache beside other tools: the same inputs in the same run, quality and processor time; ``python -m bench.peers ../shared/data``."""
