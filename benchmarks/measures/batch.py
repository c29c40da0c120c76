"""A batch of 20 GETs of metadata, against 20 single ones."""
import json
import os

from harness import report
from harness.issuer import Issuer
from harness.load import cpu_micros
from harness.server import FILM, Server, certificate

WARM_UP = 5
ITEMS = 20
CONNECTIONS = 16


def run(name, folder, options):
    tokens, pem = Issuer(), certificate(folder)
    with Server(folder, "house", tokens, pem) as house:
        recording = house.hand_over(FILM)
        token = tokens.person(recording.organizer)
        body = os.path.join(folder, "batch.json")
        items = [{"id": str(n), "method": "GET", "url": recording.item} for n in range(ITEMS)]
        with open(body, "w") as file:
            json.dump({"requests": items}, file)

        def runs(seconds):
            batch = lambda: cpu_micros(
                house, house.url + "/v1.0/$batch", CONNECTIONS, seconds, token, script="batch.lua", arguments=[body]
            )
            single = lambda: ITEMS * cpu_micros(house, house.url + recording.item, CONNECTIONS, seconds, token)
            return {"batch": batch, "single": single}

        for load in runs(WARM_UP).values():
            report.warm_up(house.pid, load)
        figures = report.interleave(options.rounds, runs(options.seconds))
    batch, single = figures["batch"], figures["single"]
    report.row(
        "a batch of 20 metadata GETs, CPU, against 20 single ones",
        "≤ 0.8 ×",
        "≤ 0.5 ×",
        report.ratio(batch, single),
        f"{report.median(batch):.0f} / {report.median(single):.0f} µs",
    )
