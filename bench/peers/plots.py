"""Pictures of the tables: quality and speed side by side, a picture for all tasks, small enough to be kept in git."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.peers.tables import Task

OURS, THEIRS = "#1f5f8b", "#b9bec4"


def draw(tasks: list[Task], folder: Path) -> list[Path]:
    """``peers-quality.png`` and ``peers-speed.png`` in a folder; needs matplotlib."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    quality = [task for task in tasks if task.main]
    drawn = []
    for name, chosen, bars in (("peers-quality", quality, _quality), ("peers-speed", tasks, _speed)):
        figure, axes = pyplot.subplots(len(chosen), 1, figsize=(7, 1.15 * sum(1 + 0.3 * len(t.systems) for t in chosen)), squeeze=False)
        for task, axis in zip(chosen, axes[:, 0], strict=True):
            bars(task, axis)
        figure.tight_layout()
        path = folder / f"{name}.png"
        figure.savefig(path, dpi=70, metadata={"Software": None})
        pyplot.close(figure)
        drawn.append(path)
    return drawn


def _quality(task: Task, axis: Any) -> None:
    rows = [(s.name, s.quality.get(task.main) or 0.0) for s in task.systems]
    _bars(axis, rows, f"{task.name}: {task.main}", [f"{value:.2f}" for _, value in rows])
    axis.set_xlim(0, 1.1)


def _speed(task: Task, axis: Any) -> None:
    rows = [(s.name, s.speed or 0.0) for s in task.systems]
    _bars(
        axis,
        rows,
        f"{task.name}: {task.unit} a processor second",
        [f"{value:,.3g}" if value < 100 else f"{value:,.0f}" for _, value in rows],
    )
    axis.set_xscale("log")
    low, high = min((v for _, v in rows if v), default=0.1), max((v for _, v in rows), default=1.0)
    axis.set_xlim(low / 3, high * 6)


def _bars(axis: Any, rows: list[tuple[str, float]], title: str, labels: list[str]) -> None:
    colours = [OURS if name.startswith("attache") else THEIRS for name, _ in rows]
    drawn = axis.barh([name for name, _ in rows], [value for _, value in rows], color=colours)
    axis.bar_label(drawn, labels=labels, padding=3, fontsize=8)
    axis.invert_yaxis()
    axis.set_title(title, fontsize=9, loc="left")
    axis.tick_params(labelsize=8)
    axis.spines[["top", "right"]].set_visible(False)
