"""A 2 GB film handed over on loopback, against `cp` and `sha256sum` of the same file."""
import os
import subprocess
import time

from harness import report
from harness.issuer import Issuer
from harness.processes import memory_mib
from harness.server import FILM, Server, certificate, movie

SIZE = 2 * 1000 * 1000 * 1000
FRAGMENT = 60 * 1024 * 1024


def timed(work):
    began = time.monotonic()
    work()
    return time.monotonic() - began


def run(name, folder, options):
    tokens, pem = Issuer(), certificate(folder)
    film, copy = os.path.join(folder, "film.mp4"), os.path.join(folder, "copy.mp4")
    movie(film, SIZE)
    os.sync()
    with Server(folder, "house", tokens, pem) as house:
        house.hand_over(FILM)
        kept = os.path.join(house.folder, "content")
        growths = []

        def settle():
            """Nobody pays for what the one before left to be written."""
            for root, _, files in os.walk(kept):
                for each in files:
                    os.remove(os.path.join(root, each))
            if os.path.exists(copy):
                os.remove(copy)
            os.sync()

        def ours(fragment):
            before = memory_mib(house.pid)
            with open(f"/proc/{house.pid}/clear_refs", "w") as file:
                file.write("5")  # forgets the peak so far
            seconds = timed(lambda: house.hand_over(film, fragment))
            growths.append(memory_mib(house.pid, "VmHWM") - before)
            settle()
            return seconds

        def theirs(durable):
            flush = f"sync '{copy}' && " if durable else ""
            command = f"cp '{film}' '{copy}' && {flush}sha256sum '{copy}' >/dev/null"
            seconds = timed(lambda: subprocess.run(["sh", "-c", command], check=True))
            settle()
            return seconds

        runs = {
            "single PUT": lambda: ours(None),
            "cp + sha256sum": lambda: theirs(False),
            "fragments": lambda: ours(FRAGMENT),
            "cp + sync + sha256sum": lambda: theirs(True),
        }
        report.interleave(1, {"single PUT": runs["single PUT"], "cp": runs["cp + sha256sum"]})
        growths.clear()
        figures = report.interleave(options.rounds, runs)
    plain, synced = figures["cp + sha256sum"], figures["cp + sync + sha256sum"]
    for what in ("single PUT", "fragments"):
        title = "by a single PUT" if what == "single PUT" else "in 60 MiB fragments"
        report.row(
            f"intake of 2 GB {title}, wall clock",
            "≤ 1.5 ×",
            "≤ 1.1 ×",
            report.ratio(figures[what], plain),
            f"{report.median(figures[what]):.2f} / {report.median(plain):.2f} s;"
            f" {report.median(figures[what]) / report.median(synced):.2f} × when `cp` is synced too",
        )
    report.row(
        "memory growth during intake",
        "≤ 32 MB",
        "",
        f"**{report.median(growths):.0f} MB** [{min(growths):.0f}–{max(growths):.0f}]",
        "peak RSS against before",
    )
