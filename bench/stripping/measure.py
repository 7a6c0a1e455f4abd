"""The stripping beside what others offer, on the same messages in the same run: `python -m bench.stripping.measure`."""

import sys
from collections.abc import Callable
from pathlib import Path

from bench.stripping import messages
from bench.stripping.answering import ROOT, Answer, ask
from bench.stripping.long_texts import LENGTH, TIMES, growth
from bench.stripping.messages import CATEGORIES
from bench.stripping.samples import Sample, harmless, samples
from bench.stripping.scoring import Score, is_covered, score

OURS, OTHERS = "bench.stripping.ours", "bench.stripping.others"
PYTHON, OTHER_PYTHON = Path(sys.executable), ROOT / ".venv-bench/bin/python"
SIDES = {
    "ours": (PYTHON, OURS, "strip"),
    "keywords": (PYTHON, OURS, "keywords"),
    "Presidio": (OTHER_PYTHON, OTHERS, "presidio"),
    "scrubadub": (OTHER_PYTHON, OTHERS, "scrubadub"),
}
LABELLED = ("dev", "held")
RECALL_GOAL, LEAK_GOAL, COLLATERAL_GOAL, CLEAN_GOAL = 85, 12, 6, 2
HARMLESS_GOAL = 1
ROUNDS, SHOWN = 6, 10
ORDINARY_GOAL, SAMPLES_GOAL, SPEED_GOAL, RATIO_GOAL, PEAK_GOAL_MB, GROWTH_GOAL = 2, 98, 15, 2.2, 150, 12


def measure() -> None:
    """Print what is found, survives and is lost, then speed, memory and growth."""
    sets = {name: messages.read(name) for name in (*LABELLED, "ordinary")}
    together = [message for each in sets.values() for message in each]
    scores: dict[str, dict[str, Score]] = {name: {} for name in sets}
    for side, how in SIDES.items():
        answers = iter(ask(*how, [message.text for message in together]).answers)
        for name, each in sets.items():
            scores[name][side] = score(each, [next(answers) for _ in each])
    for name in LABELLED:
        _print_labelled(name, scores[name])
    altered = ", ".join(f"{side} {each.altered:,}" for side, each in scores["ordinary"].items())
    print(
        f"stripping, of {len(sets['ordinary']):,} ordinary messages altered: {altered} (goal at most {ORDINARY_GOAL})"
    )
    _print_identifiers()
    # As messages come: most of them ordinary, in words that come again.
    _print_speed(messages.blocks([*sets["ordinary"], *sets["held"]]) * ROUNDS)
    ratios = growth()
    steepest = sorted(ratios.items(), key=lambda each: -each[1])[:SHOWN]
    told = ", ".join(f"{name} {ratio:.1f}" for name, ratio in steepest)
    print(f"stripping, time of {LENGTH * TIMES:,} characters to that of {LENGTH:,}, {len(ratios)} texts;", end=" ")
    print(f"the steepest: {told} (goal at most {GROWTH_GOAL})", flush=True)


def _print_labelled(name: str, scores: dict[str, Score]) -> None:
    ours = scores["ours"]
    head = f"stripping, {name}:"
    found = _each(scores, lambda each: (each.found.total(), each.there.total()))
    print(f"{head} of {ours.there.total()} statements found: {found} (goal at least {RECALL_GOAL} %)")
    for side in ("ours", "keywords"):
        each = scores[side]
        parts = ", ".join(f"{word} {each.found[key]}/{each.there[key]}" for key, word in CATEGORIES.items())
        print(f"{head} by category, {side}: {parts}")
    foreign = _each(scores, lambda each: (each.foreign_found, each.foreign))
    print(f"{head} of {ours.foreign} in the eight other languages: {foreign} (goal at least {RECALL_GOAL} %)")
    leak = _each(scores, lambda each: (each.survived, each.sensitive))
    print(f"{head} of the sensitive characters survive: {leak} (goal at most {LEAK_GOAL} %)")
    lost = _each(scores, lambda each: (each.lost, each.other))
    print(f"{head} of the other characters of these messages are lost: {lost} (goal at most {COLLATERAL_GOAL} %)")
    altered = _each(scores, lambda each: (each.altered, each.clean))
    print(f"{head} of {ours.clean} clean messages altered: {altered} (goal at most {CLEAN_GOAL} %)", flush=True)


def _print_identifiers() -> None:
    drawn, others = samples(), harmless()
    texts = [sample.text for sample in [*drawn, *others]]
    for side, how in {**SIDES, "ours": (PYTHON, OURS, "identifiers")}.items():
        if side != "keywords":
            answers = ask(*how, texts).answers
            found = _found_of_each_kind(drawn, answers[: len(drawn)])
            print(f"stripping, generated identifiers covered whole, {side}: {found}", end=" ")
            print(f"(goal at least {SAMPLES_GOAL} %, but of bare ones, which may be anything)")
            touched = _touched_of_each_kind(others, answers[len(drawn) :])
            print(f"stripping, what only looks like one and is cut, {side}: {touched} (goal at most {HARMLESS_GOAL} %)")


def _touched_of_each_kind(drawn: list[Sample], answers: list[Answer]) -> str:
    touched: dict[str, list[bool]] = {}
    for sample, answer in zip(drawn, answers, strict=True):
        touched.setdefault(sample.kind, []).append(bool(answer.spans))
    return ", ".join(f"{kind} {_percent(sum(each), len(each))}" for kind, each in touched.items())


def _found_of_each_kind(drawn: list[Sample], answers: list[Answer]) -> str:
    found: dict[str, list[bool]] = {}
    for sample, answer in zip(drawn, answers, strict=True):
        is_found = is_covered(sample.text, (sample.start, sample.end), answer.spans)
        found.setdefault(sample.kind, []).append(is_found)
    national = {kind: found.pop(kind) for kind in list(found) if " " in kind}
    parts = [f"{kind} {_percent(sum(each), len(each))}" for kind, each in found.items()]
    for way in ("named", "bare"):
        those = {kind: each for kind, each in national.items() if kind.startswith(way)}
        every = [is_found for each in those.values() for is_found in each]
        least = sorted(those, key=lambda kind: sum(those[kind]) / len(those[kind]))[:3]
        worst = ", ".join(f"{kind.split(' ', 1)[1]} {_percent(sum(those[kind]), len(those[kind]))}" for kind in least)
        parts.append(f"check-summed {way} {_percent(sum(every), len(every))} of {len(every):,} (least: {worst})")
    return "; ".join(parts)


def _print_speed(texts: list[str]) -> None:
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    ours, presidio = ask(PYTHON, OURS, "identifiers", texts), ask(*SIDES["Presidio"], texts)
    rate, other = (60 * megabytes / run.seconds for run in (ours, presidio))
    print(
        f"stripping, identifiers on, one core, {len(texts)} texts of 1 kB: {rate:.1f} MB/min"
        f" (goal at least {SPEED_GOAL}), {rate / other:.2f} times Presidio with a blank model"
        f" ({other:.1f}; goal at least {RATIO_GOAL});"
        f" peak memory {ours.peak_mb:.0f} MB (goal at most {PEAK_GOAL_MB}), Presidio {presidio.peak_mb:.0f} MB",
        flush=True,
    )


def _each(scores: dict[str, Score], parts: Callable[[Score], tuple[int, int]]) -> str:
    return ", ".join(f"{side} {_percent(*parts(each))}" for side, each in scores.items())


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %"


if __name__ == "__main__":
    measure()
