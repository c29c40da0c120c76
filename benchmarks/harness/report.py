"""Rounds and rows: ratios of medians, with the least and the greatest ratio of a round in brackets."""
import statistics
import sys

from harness.processes import compiler_seconds, cpu_seconds


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


def warm_up(pid, run, most=12):
    """Runs until the JIT compilers take less than a tenth of the CPU: their work is no cost of a request."""
    share, number = 1.0, 0
    while share > 0.1 and number < most:
        total, compilers = cpu_seconds(pid), compiler_seconds(pid)
        figure = run()
        share = max(0.0, compiler_seconds(pid) - compilers) / max(0.01, cpu_seconds(pid) - total)
        number += 1
        note(f"warm-up {number}: {figure:.4g}, compilers {share:.0%}")


def ratio(ours, theirs):
    """The ratio of the medians, with the range of the rounds' own ratios."""
    each = [a / b for a, b in zip(ours, theirs)]
    middle = statistics.median(ours) / statistics.median(theirs)
    return f"**{middle:.2f}** [{min(each):.2f}–{max(each):.2f}]"


def median(figures):
    return statistics.median(figures)
