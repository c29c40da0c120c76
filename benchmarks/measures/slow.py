"""Memory while 1,000 clients download slowly, and how long others wait for metadata meanwhile."""
import os
import subprocess
import sys
import threading
import time

from harness import report
from harness.issuer import Issuer
from harness.load import wrk
from harness.processes import memory_mib
from harness.server import Server, certificate, movie

CLIENTS = 1000
SIZE = 1000 * 1000 * 1000
SECONDS = 15
HERE = os.path.dirname(os.path.abspath(__file__))


def once(house, recording, token):
    """(growth in MiB, metadata's p99 in ms before, the same meanwhile, MB that the slow clients took)."""
    before = wrk(house.url + recording.item, 4, 5, token)
    calm = memory_mib(house.pid)
    command = [sys.executable, os.path.join(HERE, "slow_readers.py"), str(house.port), recording.content]
    readers = subprocess.Popen(
        [*command, str(CLIENTS), str(SECONDS + 6)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        readers.stdin.write(token)
        readers.stdin.close()
        if readers.stdout.readline().strip() != "all reading":
            raise RuntimeError("not every slow client was served")
        most = calm
        seen = {}
        probe = threading.Thread(target=lambda: seen.update(wrk(house.url + recording.item, 4, SECONDS, token)))
        probe.start()
        while probe.is_alive():
            most = max(most, memory_mib(house.pid))
            time.sleep(0.2)
        taken, slowest = (int(word) for word in readers.stdout.readline().split())
    finally:
        readers.kill()
        readers.wait()
    if slowest < 64 * 1024 * SECONDS / 4:
        raise RuntimeError(f"a slow client got only {slowest} bytes")
    return most - calm, before["p99"] / 1000, seen["p99"] / 1000, taken / 1e6


def run(name, folder, options):
    tokens, pem = Issuer(), certificate(folder)
    film = os.path.join(folder, "film.mp4")
    movie(film, SIZE)
    with Server(folder, "house", tokens, pem) as house:
        recording = house.hand_over(film)
        token = tokens.person(recording.organizer)
        wrk(house.url + recording.item, 64, 8, token)  # the heap grows and the JIT is done before anything counts
        wrk(house.url + recording.content, 4, 3, token)
        rounds = []
        for number in range(options.rounds):
            rounds.append(once(house, recording, token))
            report.note("round %d: +%.1f MB, p99 %.2f -> %.2f ms, %.0f MB read" % (number + 1, *rounds[-1]))
            time.sleep(3)
    growth, calm, p99, taken = (sorted(column) for column in zip(*rounds))
    report.row(
        f"memory growth under {CLIENTS} slow downloads of 1 GB",
        "≤ 48 MB",
        "≤ 8 MB",
        f"**{report.median(growth):.1f} MB** [{growth[0]:.1f}–{growth[-1]:.1f}]",
        f"{report.median(taken):.0f} MB read in {SECONDS + 6} s",
    )
    report.row(
        "metadata p99 meanwhile",
        "≤ 15 ms",
        "≤ 5 ms",
        f"**{report.median(p99):.1f} ms** [{p99[0]:.1f}–{p99[-1]:.1f}]",
        f"{report.median(calm):.1f} ms without them",
    )
