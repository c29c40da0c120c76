"""Rounds and rows: ratios of medians, with the least and the greatest ratio of a round in brackets."""
import statistics
import sys


def head():
    print("| measure | bar | reach | ours / theirs [min–max] | medians |")
    print("|---|---|---|---|---|", flush=True)


def row(measure, bar, reach, figure, medians):
    print(f"| {measure} | {bar} | {reach} | {figure} | {medians} |", flush=True)


def note(text):
    print(f"  {text}", file=sys.stderr, flush=True)


def interleave(rounds, runs):
    """Runs {name: function} round by round, the order reversed every second round: {name: [figure]}."""
    figures = {name: [] for name in runs}
    for number in range(rounds):
        for name in list(runs) if number % 2 == 0 else reversed(list(runs)):
            figure = runs[name]()
            note(f"round {number + 1} {name}: {figure:.4g}")
            figures[name].append(figure)
    return figures


def warm_up(runs, most=8):
    """Runs each until its figure falls by less than a twentieth: what the JIT compiler takes is no cost of a request."""
    for name, run in runs.items():
        last = run()
        for _ in range(most - 1):
            now = run()
            note(f"warm-up {name}: {now:.4g}")
            if now > 0.95 * last:
                break
            last = now


def ratio(ours, theirs):
    """The ratio of the medians, with the range of the rounds' own ratios."""
    each = [a / b for a, b in zip(ours, theirs)]
    middle = statistics.median(ours) / statistics.median(theirs)
    return f"**{middle:.2f}** [{min(each):.2f}–{max(each):.2f}]"


def median(figures):
    return statistics.median(figures)
