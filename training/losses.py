"""What the network is trained towards."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.batches import UNKNOWN, Batch
from training.model import Joint


def foreign(sentence: Tensor) -> Tensor:
    """Which places (B, W, W) stand in another sentence than the word, or in none, by the numbers (B, W) of the sentences."""
    return (sentence[:, :, None] != sentence[:, None, :]) | (sentence < 0)[:, :, None]


def treebank_loss(model: Joint, batch: Batch, outputs: tuple[Tensor, ...]) -> Tensor:
    """Summed losses of tags, features, arcs inside each sentence, labels of gold arcs and sentence starts."""
    tag, pos, morph, _, sent, arc, dep, head = outputs
    gold = batch.gold
    cross = nn.functional.cross_entropy
    total = torch.zeros((), device=arc.device)
    for name, scores, weight in (("tag", tag, 0.3), ("pos", pos, 0.4), ("morph", morph, 0.3)):
        total = total + weight * cross(scores.float().flatten(0, 1), gold[name].flatten(), ignore_index=UNKNOWN)
    heads = gold["heads"]
    known = heads >= 0
    arcs = arc.float().masked_fill(foreign(gold["sentence"]), -1e4)
    total = total + cross(arcs.flatten(0, 1), heads.flatten(), ignore_index=UNKNOWN)
    # Padding is scored as well: a product whose shape is new costs more than the rows it would save.
    labels = model.labels_to(dep, head, heads.clamp(min=0))
    total = total + cross(labels.float().flatten(0, 1), gold["rel"].flatten(), ignore_index=UNKNOWN)
    return total + 0.5 * nn.functional.binary_cross_entropy_with_logits(sent.float()[known], gold["starts"][known])


def entity_loss(batch: Batch, outputs: tuple[Tensor, ...]) -> Tensor:
    """Loss of the names."""
    return nn.functional.cross_entropy(outputs[3].float().flatten(0, 1), batch.gold["ent"].flatten(), ignore_index=UNKNOWN)


def loss_of(model: Joint, batch: Batch, half: bool) -> Tensor:
    """The loss of a batch that is either treebank or entities throughout; products in bfloat16 where ``half``."""
    device = next(model.parameters()).device
    with torch.autocast(device.type, torch.bfloat16, enabled=half):
        outputs = model(**batch.inputs)
        return entity_loss(batch, outputs) if "ent" in batch.gold else treebank_loss(model, batch, outputs)


def divergence(ours: Tensor, theirs: Tensor, known: Tensor) -> Tensor:
    """Mean over the words ``known`` of the Kullback-Leibler divergence of our distribution over the last axis from theirs."""
    wanted = theirs.float().log_softmax(-1)
    apart = wanted.exp() * (wanted - ours.float().log_softmax(-1))
    return apart.sum(-1)[known].mean()


def likeness_loss(model: Joint, outputs: tuple[Tensor, ...], taught: dict[str, Tensor], real: Tensor) -> Tensor:
    """How far the pupil is from what the teacher said (``training.distil.said``), tasks weighed as in ``treebank_loss``.

    Where sentences begin is learnt from annotators alone: the teacher, trained for less long, knows it worse.
    """
    tag, pos, morph, ent, _, arc, dep, head = outputs
    total = torch.zeros((), device=arc.device)
    for name, scores, weight in (("tag", tag, 0.3), ("pos", pos, 0.4), ("morph", morph, 0.3), ("ent", ent, 1.0)):
        total = total + weight * divergence(scores, taught[name], real)
    apart = foreign(taught["sentence"])
    total = total + divergence(arc.float().masked_fill(apart, -1e4), taught["arc"].float().masked_fill(apart, -1e4), real)
    return total + divergence(model.labels_to(dep, head, taught["ends"]), taught["rel"], real)


def taught_loss(model: Joint, batch: Batch, taught: dict[str, Tensor], half: bool) -> Tensor:
    """What annotations say, and what the teacher says."""
    device = next(model.parameters()).device
    with torch.autocast(device.type, torch.bfloat16, enabled=half):
        outputs = model(**batch.inputs)
        total = likeness_loss(model, outputs, taught, batch.inputs["first"] > 0)
        if "ent" in batch.gold:
            return total + entity_loss(batch, outputs)
        return total + treebank_loss(model, batch, outputs) if "pos" in batch.gold else total
