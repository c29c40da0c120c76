"""Recorders that send files themselves: many small ones, and 64 large ones at one time."""
import concurrent.futures
import contextlib
import http.client
import json
import os
import random
import threading
import time
import urllib.parse
import uuid

from harness import issuer, report
from harness.issuer import Issuer
from harness.processes import memory_mib
from harness.server import FILM, Server, aftercall, certificate, movie

SECRET = "a secret of the benchmark"
SMALL = 64 * 1024
LARGE = 64 * 1024 * 1024
LARGE_AT_A_TIME = 64
PIECE = 64 * 1024
SENDERS = 32


class Recorder:
    """One recorder with a connection that it keeps."""

    def __init__(self, house):
        self.line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=300)

    def ask(self, method, target, body, headers=None):
        self.line.request(method, target, body, headers or {})
        answer = self.line.getresponse()
        text = answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{method} {target} was answered with {answer.status}: {text}")
        return json.loads(text)

    def open(self):
        said = {"sourceId": str(uuid.uuid4()), "room": "benchmark", "fileName": "film.mp4"}
        opened = self.ask(
            "POST",
            "/intake/v1/sources/bench/recordings",
            json.dumps(said),
            {"Authorization": "Bearer " + SECRET},
        )
        return urllib.parse.urlsplit(opened["uploadUrl"]).path

    def hand_over(self, film):
        return self.ask("PUT", self.open(), film)


def small_film():
    """A film that plays, no two alike: the same bytes twice would be one recording."""
    film = small_film.start
    padding = max(16, SMALL - len(film))
    return film + padding.to_bytes(4, "big") + b"free" + random.randbytes(padding - 8)


def run(name, folder, options):
    tokens, pem = Issuer(), certificate(folder)
    small = os.path.join(os.path.dirname(FILM), "..", "..", "..", "test", "resources", "media", "faststart.mp4")
    with open(small, "rb") as file:
        small_film.start = file.read()
    settings = (
        f"intake.source.bench.type=upload\nintake.source.bench.tenant={issuer.TENANT}\n"
        f"intake.source.bench.secret={SECRET}\nintake.source.bench.meeting-gap=0s"
    )
    with house_with_a_rule(folder, "small", tokens, pem, settings) as house:
        report.warm_up(house.pid, lambda: small_ones(house, options.seconds))
        rates = [small_ones(house, options.seconds) for _ in range(options.rounds)]
    growths = []
    for number in range(options.rounds):  # each from rest: what a process has taken once it keeps for a while
        with house_with_a_rule(folder, f"large-{number}", tokens, pem, settings) as house:
            growths.append(large_ones(folder, house))
    report.row(
        "small hand-overs a minute, SQLite, each synced to disk",
        "≥ 10000",
        "",
        f"**{report.median(rates):.0f}** [{min(rates):.0f}–{max(rates):.0f}]",
        f"{SENDERS} senders, {SMALL // 1024} KiB each, announcement and upload",
    )
    report.row(
        f"memory growth, {LARGE_AT_A_TIME} uploads at one time",
        "≤ 64 MB",
        "",
        f"**{report.median(growths):.0f} MB** [{min(growths):.0f}–{max(growths):.0f}]",
        f"{LARGE >> 20} MiB each, peak RSS against before",
    )


@contextlib.contextmanager
def house_with_a_rule(folder, name, tokens, pem, settings):
    """A server that knows whose the recordings are, and has taken one."""
    with Server(folder, name, tokens, pem, settings) as house:
        aftercall(
            "intake", "rules", "put", "all", "--organizer", str(uuid.uuid4()),
            "--config", house.config, "--tenant", issuer.TENANT,
        )
        Recorder(house).hand_over(small_film())
        yield house


def small_ones(house, seconds):
    """How many a minute."""
    ends = time.monotonic() + seconds
    counts = []

    def send():
        recorder, count = Recorder(house), 0
        while time.monotonic() < ends:
            recorder.hand_over(small_film())
            count += 1
        counts.append(count)

    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(SENDERS) as pool:
        for sender in [pool.submit(send) for _ in range(SENDERS)]:
            sender.result()
    return sum(counts) / (time.monotonic() - began) * 60


def large_ones(folder, house):
    """MiB of growth while all of them are under way."""
    film = os.path.join(folder, "large.mp4")
    if not os.path.exists(film):
        movie(film, LARGE)
    before = memory_mib(house.pid)
    with open(f"/proc/{house.pid}/clear_refs", "w") as file:
        file.write("5")  # forgets the peak so far
    started = threading.Barrier(LARGE_AT_A_TIME)

    def send(number):
        recorder = Recorder(house)
        target = recorder.open()
        started.wait()
        with open(film, "rb") as source:
            def pieces():
                left = LARGE - 8
                while left:
                    piece = source.read(min(PIECE, left))
                    left -= len(piece)
                    yield piece
                yield number.to_bytes(8, "big")  # no two alike
            recorder.ask("PUT", target, pieces(), {"Content-Length": str(LARGE)})

    with concurrent.futures.ThreadPoolExecutor(LARGE_AT_A_TIME) as pool:
        for sender in [pool.submit(send, number) for number in range(LARGE_AT_A_TIME)]:
            sender.result()
    return memory_mib(house.pid, "VmHWM") - before
