"""Teach the shipped network what a larger one reads: ``python -m training.distil DATA TEACHER START OUT --texts FOLDER``.

Knowledge distillation (Hinton et al. 2015): the pupil goes on from ``START``, towards the annotations and towards the teacher's whole
distributions, on the treebanks, on copies of them with many words swapped (Jiao et al. 2020), on the entity texts, whose trees no
annotator has drawn, and on texts that nobody has annotated (``training.texts``). Names it is told by ``START`` itself, which knows them
better than the teacher does, so that it does not forget them (Li & Hoiem 2016). The teacher reads in a process of its own, so that
two cores are at work.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Full

import torch
from torch import Tensor
from torch import multiprocessing as parallel

from attache.language.pieces import Pieces
from training.batches import Batch, Labels
from training.data import Corpus
from training.encoder import SEED, Stream
from training.export import restored
from training.folders import TABLES, averaged, copy_tables, sizes_of
from training.losses import foreign, taught_loss
from training.model import Joint
from training.noise import Noise, names_of_people
from training.rounding import set_rounding
from training.run import Plan, Run, halves
from training.teacher import mpnet_joint
from training.texts import unread

PLAN = Plan(5200, 2e-5, 1e-4, 5e-4, (0, 3, 1, 3, 0, 2, 1, 3))
ROUNDED = 0.6
"""From this share of the steps on, the pupil learns under the rounding of the shipped network."""
AHEAD = 12
"""Batches that the teacher may be ahead of the pupil."""
PATIENCE = 60.0
"""Seconds after which the teacher looks whether the pupil is still there."""
WILD = 0.4
"""Share of the open-class words that are swapped in the wild copies (turn 2), whose annotations are not learnt."""


def teacher_of(folder: Path) -> Joint:
    """The trained teacher of a checkpoint folder."""
    state = averaged(folder)
    model = mpnet_joint(len(state["encoder.words.weight"]), sizes_of(folder))
    model.load_state_dict(state)
    return model.eval()


@torch.no_grad()
def said(teacher: Joint, former: Joint, batch: Batch, half: bool) -> dict[str, Tensor]:
    """The teacher's scores of a batch: ``tag``, ``pos``, ``morph`` (B, W, n), ``arc`` (B, W, W), ``rel`` (B, W, n).

    ``ent`` (B, W, n) are those of the ``former`` pupil. ``sentence`` (B, W) numbers the sentences that arcs may not leave, the annotator's
    or else the teacher's; labels are those of the arcs of ``ends`` (B, W), chosen alike.
    """
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        tag, pos, morph, _, sent, arc, dep, head = teacher(**batch.inputs)
        ent = former(**batch.inputs)[3]
        real = batch.inputs["first"] > 0
        if "heads" in batch.gold:
            sentence = batch.gold["sentence"]
        else:
            starts = (sent > 0) & real
            sentence = torch.where(real, starts.long().cumsum(1), -1)
        arc = arc.float().masked_fill(foreign(sentence), -1e4)
        ends = arc.argmax(2)
        if "heads" in batch.gold:
            ends = torch.where(batch.gold["heads"] >= 0, batch.gold["heads"], ends)
        rel = teacher.labels_to(dep, head, ends)
    out = {"tag": tag, "pos": pos, "morph": morph, "ent": ent, "arc": arc, "rel": rel}
    return {name: scores.to(torch.float16).contiguous() for name, scores in out.items()} | {"sentence": sentence, "ends": ends}


def hand_over(queue: Queue[tuple[Batch, dict[str, Tensor]]], item: tuple[Batch, dict[str, Tensor]]) -> None:
    """Wait for room in the queue; a pupil that was killed will make none."""
    while True:
        try:
            return queue.put(item, timeout=PATIENCE)
        except Full:
            end_with_parent()


def end_with_parent() -> None:
    """End the process where the one that started it has gone."""
    parent = multiprocessing.parent_process()
    if parent is None or not parent.is_alive():
        raise SystemExit("the pupil has gone")


class Lessons:
    """Batches to be taught on, by turns: treebank, entity texts, wild copies of the treebank, unread texts."""

    def __init__(self, corpus: Corpus, pieces: Pieces, labels: Labels, plan: Plan) -> None:
        names = names_of_people()
        near = Noise(corpus.trees, names=names)
        self.streams = [
            Stream(corpus, pieces, labels, near, (0,)),
            Stream(corpus, pieces, labels, near, (1,)),
            Stream(corpus, pieces, labels, Noise(corpus.trees, names=names, swapped=WILD), (0,)),
            Stream(corpus, pieces, labels, near, (2,)),
        ]
        self.turns: Sequence[int] = plan.turns

    def batch(self, step: int) -> Batch:
        """The batch of a step; annotations that no longer hold are left out."""
        turn = self.turns[step % len(self.turns)]
        batch = self.streams[turn].batch(step)
        if turn == 2:
            batch.gold = {"sentence": batch.gold["sentence"], "heads": batch.gold["heads"]}
        return batch


@dataclass(frozen=True)
class Places:
    """Folders: of the data, of the teacher, of the pupil so far, of what it becomes, of the texts to read beside, of who tells names."""

    data: Path
    teacher: Path
    start: Path
    out: Path
    texts: Path
    names: Path


def teach(places: Places, plan: Plan, first: int, queue: Queue[tuple[Batch, dict[str, Tensor]]], over: Event) -> None:
    """The teacher's process: read batch after batch and put what it says in the queue."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    corpus = Corpus.of(places.data)
    corpus.unread = unread(places.texts)
    lessons = Lessons(corpus, Pieces.from_file(places.teacher / "vocab.txt"), Labels(corpus.trees), plan)
    teacher, former = teacher_of(places.teacher), restored(places.names)
    for step in range(first, plan.steps):
        batch = lessons.batch(step)
        hand_over(queue, (batch, said(teacher, former, batch, halves())))
    # The last batches lie in this process's memory until they have been fetched.
    while not over.wait(PATIENCE):
        end_with_parent()


def distil(places: Places, plan: Plan) -> None:
    """Train the pupil. Writes ``checkpoint.pt``, ``labels.json`` and ``vocab.txt`` in ``places.out``; a second call goes on."""
    start = places.start
    for name in TABLES:
        if (places.teacher / name).read_bytes() != (start / name).read_bytes():
            raise SystemExit(f"{places.teacher} and {start} differ in {name}: teacher and pupil must share labels and word pieces")
    copy_tables(start, places.out)
    torch.manual_seed(SEED)
    corpus = Corpus.of(places.data)
    pieces, labels = Pieces.from_file(start / "vocab.txt"), Labels(corpus.trees)
    pupil = restored(start)
    run = Run(places.out, pupil, plan)
    context = parallel.get_context("spawn")
    queue, over = context.Queue(AHEAD), context.Event()
    context.Process(target=teach, args=(places, plan, run.step, queue, over), daemon=True).start()
    torch.set_num_threads(1)

    def loss_at(step: int) -> Tensor:
        set_rounding(pupil, step >= ROUNDED * plan.steps)
        batch, taught = queue.get()
        return taught_loss(pupil, batch.to(run.device), {name: scores.to(run.device) for name, scores in taught.items()}, run.half)

    run.go(loss_at, corpus.dev[:500], pieces, labels)
    over.set()


def main() -> None:
    """Command line of the second half of the recipe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("teacher", type=Path, help="folder of a finished run of training.encoder --network mpnet")
    parser.add_argument("start", type=Path, help="folder of the pupil so far: a finished run, or what training.restore made")
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", type=Path, required=True, help="folder of the archives that training.texts names")
    parser.add_argument(
        "--names", type=Path, help="folder of the pupil that tells the names, where it is not START: of a narrower one the wider"
    )
    parser.add_argument("--steps", type=int, default=PLAN.steps)
    parser.add_argument("--rate", type=float, default=1.0, help="share of the usual rates, for a pupil that has been taught before")
    options = parser.parse_args()
    pieces, inner, outer = (rate * options.rate for rate in (PLAN.pieces, PLAN.inner, PLAN.outer))
    plan = Plan(options.steps, pieces, inner, outer, PLAN.turns)
    distil(Places(options.data, options.teacher, options.start, options.out, options.texts, options.names or options.start), plan)


if __name__ == "__main__":
    main()
