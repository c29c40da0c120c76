"""Load by wrk, and the CPU time that a server spends under it."""
import json
import os
import subprocess

SCRIPTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "wrk")


def wrk(url, connections, seconds, token=None, script="report.lua", arguments=()):
    """Loads with one thread, which is all the client needs; returns what it has seen."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    command += ["-s", os.path.join(SCRIPTS, script)]
    if token:
        command += ["-H", "Authorization: Bearer " + token]
    environment = os.environ | {"WRK_REPORT": os.path.join(SCRIPTS, "report.lua")}
    out = subprocess.run(
        command + [url, "--", *map(str, arguments)], env=environment, capture_output=True, text=True, check=True
    ).stdout
    seen = json.loads(out.split("RESULT ", 1)[1].splitlines()[0])
    if seen["status"] or seen["socket"] or not seen["bytes"]:
        raise RuntimeError(f"{url} did not answer well: {seen}")
    return seen


def ranges(size, length=1 << 20):
    """Random ranges of a file of that size, as options of a load."""
    return {"script": "ranges.lua", "arguments": [size, length]}


def cpu_per_gb(server, *load, **options):
    before = server.cpu()
    seen = wrk(*load, **options)
    return (server.cpu() - before) / (seen["bytes"] / 1e9)


def cpu_micros(server, *load, **options):
    """Microseconds of CPU for one request."""
    before = server.cpu()
    seen = wrk(*load, **options)
    return (server.cpu() - before) * 1e6 / seen["requests"]
