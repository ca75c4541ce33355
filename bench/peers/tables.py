"""What a bench of peers gives: for each task a table with a row a system, kept as JSON, from which the page and the plots are made."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class System:
    """One system on one task: the quality measures by name (shares, None where not measured), units of work a processor second."""

    name: str
    quality: dict[str, float | None]
    speed: float | None
    remark: str = ""


@dataclass
class Task:
    """One task: what was given to every system, the unit of speed, and the rows, attache's first."""

    name: str
    given: str
    unit: str
    main: str
    """The measure that the plot shows."""
    systems: list[System] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    """Peers that could not be asked, each with the reason."""

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def task_of(row: dict[str, Any]) -> Task:
    """A task from what :meth:`Task.as_json` gave."""
    systems = [System(**system) for system in row["systems"]]
    return Task(**{**row, "systems": systems})


def ratio(one: float | None, other: float | None) -> str:
    """How many times as fast one is as the other; a dash where either is not known."""
    return f"{one / other:.2g}" if one and other else "–"


def markdown(task: Task) -> str:
    """The task as a section of the page."""
    names = list(dict.fromkeys(name for system in task.systems for name in system.quality))
    head = ["system", *names, f"{task.unit} a processor second", "times attache's speed"]
    lines = [f"## {task.name}", "", task.given, "", f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    first = task.systems[0].speed if task.systems else None
    for system in task.systems:
        shares = ["–" if system.quality.get(n) is None else f"{system.quality[n]:.3f}" for n in names]
        speed = "–" if system.speed is None else f"{system.speed:,.3g}" if system.speed < 100 else f"{system.speed:,.0f}"
        lines.append(f"| {' | '.join([system.name, *shares, speed, ratio(system.speed, first)])} |")
    remarks = [f"- {system.name}: {system.remark}" for system in task.systems if system.remark]
    remarks += [f"- not asked: {line}" for line in task.absent]
    return "\n".join([*lines, *([""] if remarks else []), *remarks, ""])
