"""Learns the weights by which it is settled where a statement ends: `python -m bench.stripping.learning`.

A softmax over the possible ends of each side (multinomial logistic regression), fitted by Adagrad, the weights averaged
over the later rounds. Learned from the messages that the lists were written beside and from those written for the ends
alone; never from those held apart.
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.stripping.messages import Message, read
from feedback.stripping.cleaning import clean
from feedback.stripping.detection import apart, find
from feedback.stripping.extents import SCALE, WEIGHTS, sides
from feedback.stripping.signs import Side

ROUNDS, RATE, DECAY = 8, 0.05, 1e-3
LEAST_SEEN = 3
LEAST_WEIGHT = 2
"""In hundredths; lighter ones are not kept."""
SEED = 20_261


@dataclass(frozen=True)
class Example:
    """The signs of one side, for each number of words taken in, and which number is right."""

    name: str
    taken: list[list[str]]
    ended: list[list[str]]
    places: list[int]
    right: int


def examples(messages: Sequence[Message]) -> Iterator[Example]:
    """Yield both sides of each statement that the rules find."""
    for message in messages:
        if clean(message.text).text != message.text:
            continue
        for span, around in sides(message.text, apart(list(find(message.text)))):
            meant = [one for one in message.statements if one.start < span.core[1] and span.core[0] < one.end]
            if around and meant:
                start, end = min(one.start for one in meant), max(one.end for one in meant)
                before, behind = around
                yield _example(before, sum(place >= start for place in before.places[1:]))
                yield _example(behind, sum(place <= end for place in behind.places[1:]))


def _example(side: Side, right: int) -> Example:
    numbers = range(len(side.places))
    taken = [[f"{side.name} {sign}" for sign in (side.taken(at) if at else [])] for at in numbers]
    ended = [[f"{side.name} {sign}" for sign in side.ended(at)] for at in numbers]
    return Example(side.name, taken, ended, side.places, right)


def learn(given: Sequence[Example], seed: int = SEED) -> dict[str, float]:
    """Return the weight of each sign that is seen often enough."""
    seen = Counter(sign for one in given for signs in (*one.taken, *one.ended) for sign in set(signs))
    weights = {sign: 0.0 for sign, count in seen.items() if count >= LEAST_SEEN}
    squares, sums = dict.fromkeys(weights, 1e-2), dict.fromkeys(weights, 0.0)
    chance, order = random.Random(seed), list(given)
    for number in range(ROUNDS):
        chance.shuffle(order)
        for one in order:
            for sign, slope in _slopes(one, weights).items():
                slope += DECAY * weights[sign]
                squares[sign] += slope * slope
                weights[sign] -= RATE * slope / math.sqrt(squares[sign])
        if number >= ROUNDS // 2:
            for sign, weight in weights.items():
                sums[sign] += weight / (ROUNDS - ROUNDS // 2)
    return sums


def _slopes(one: Example, weights: dict[str, float]) -> dict[str, float]:
    """Return how much the loss grows with each sign's weight."""
    sum_taken, scores = 0.0, []
    for taken, ended in zip(one.taken, one.ended, strict=True):
        sum_taken += sum(weights.get(sign, 0.0) for sign in taken)
        scores.append(sum_taken + sum(weights.get(sign, 0.0) for sign in ended))
    most = max(scores)
    shares = [math.exp(score - most) for score in scores]
    shares = [share / sum(shares) for share in shares]
    slopes: Counter[str] = Counter()
    behind = 0.0
    for at in range(len(scores) - 1, -1, -1):
        slope = shares[at] - (at == one.right)
        behind += slope
        for sign in one.ended[at]:
            slopes[sign] += slope
        for sign in one.taken[at]:
            slopes[sign] += behind
    return {sign: slope for sign, slope in slopes.items() if sign in weights}


def write(weights: dict[str, float]) -> None:
    """Keep the weights that weigh anything, in whole hundredths, in order."""
    kept: dict[str, dict[str, int]] = {"before": {}, "behind": {}}
    for sign in sorted(weights):
        name, _, rest = sign.partition(" ")
        if abs(weight := round(weights[sign] * SCALE)) >= LEAST_WEIGHT:
            kept[name][rest] = weight
    WEIGHTS.write_text(json.dumps(kept, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    write(learn(list(examples([*read("dev"), *read("ends")]))))
    sys.stdout.write(f"{WEIGHTS.stat().st_size / 1000:.0f} kB of weights\n")
