"""One GET of a recording's metadata, against a bare Vert.x route that answers with the same bytes."""
import glob
import http.client
import json
import os
import subprocess

from harness import report
from harness.issuer import Issuer
from harness.load import cpu_micros
from harness.processes import Running, answers, free_port
from harness.server import FILM, HOME, LIBRARIES, Server, certificate

WARM_UP = 5


def flags():
    """What the launcher gives the server."""
    said = '. "$0" && printf %s "$AFTERCALL_JAVA_FLAGS"'
    script = os.path.join(HOME, "deploy", "find-jdk.sh")
    return subprocess.run(["sh", "-c", said, script], capture_output=True, text=True, check=True).stdout.split()


def answer(house, target, token):
    """The whole answer, for the bare route to repeat."""
    connection = http.client.HTTPConnection("127.0.0.1", house.port)
    connection.request("GET", target, headers={"Authorization": "Bearer " + token})
    got = connection.getresponse()
    body = got.read().decode()
    connection.close()
    return {"headers": [pair for pair in got.getheaders() if pair[0] != "content-length"], "body": body}


def bare_route(folder, response):
    port = free_port()
    file = os.path.join(folder, "answer.txt")
    with open(file, "w") as out:
        out.write("".join(f"{name}: {value}\n" for name, value in response["headers"]) + "\n" + response["body"])
    jars = ":".join(sorted(glob.glob(os.path.join(LIBRARIES, "*.jar"))))
    source = os.path.join(HOME, "benchmarks", "BareRoute.java")
    java = os.path.join(os.environ.get("JAVA_HOME", ""), "bin", "java")
    bare = Running([java, *flags(), "-cp", jars, source, str(port), file], os.path.join(folder, "bare.log"))
    bare.until(lambda: answers(port))
    return bare, f"http://127.0.0.1:{port}/"


def run(name, folder, options):
    tokens, pem = Issuer(), certificate(folder)
    with Server(folder, "house", tokens, pem) as house:
        recording = house.hand_over(FILM)
        token = tokens.person(recording.organizer)
        response = answer(house, recording.item, token)
        json.loads(response["body"])
        bare, bare_url = bare_route(folder, response)
        with bare:

            def runs(seconds):
                ours = lambda: cpu_micros(house, house.url + recording.item, 64, seconds, token)
                theirs = lambda: cpu_micros(bare, bare_url, 64, seconds, token)
                return {"aftercall": ours, "bare route": theirs}

            report.warm_up(house.pid, runs(WARM_UP)["aftercall"])
            report.warm_up(bare.pid, runs(WARM_UP)["bare route"])
            figures = report.interleave(options.rounds, runs(options.seconds))
    ours, theirs = figures["aftercall"], figures["bare route"]
    report.row(
        "metadata GET, CPU per request, against a bare Vert.x route",
        "≤ 3.5 ×",
        "≤ 1.5 ×",
        report.ratio(ours, theirs),
        f"{report.median(ours):.1f} / {report.median(theirs):.1f} µs",
    )
