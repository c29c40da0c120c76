"""Change notifications: how soon they are sent while some receivers hang, how many, what encryption costs, a restart."""
import os
import subprocess

from harness import report
from harness.server import HOME, LIBRARIES

SOURCE = os.path.join(HOME, "benchmarks", "measures", "NotificationLoad.java")
FILM = os.path.join(HOME, "server", "src", "test", "resources", "media", "faststart.mp4")
ROWS = 1_000_000


def run(name, folder, options):
    java = os.environ.get("JAVA_HOME", "")
    tool = lambda program: os.path.join(java, "bin", program) if java else program
    classes = os.path.join(folder, "classes")
    path = os.pathsep.join([os.path.join(os.path.dirname(LIBRARIES), "aftercall.jar"), os.path.join(LIBRARIES, "*")])
    subprocess.run([tool("javac"), "-nowarn", "-proc:none", "-d", classes, "-cp", path, SOURCE], check=True)
    number = 0

    def load(*arguments):
        """The figures of one run, each in a folder and a process of its own."""
        nonlocal number
        number += 1
        command = [tool("java"), "-Xmx1g", "--enable-native-access=ALL-UNNAMED", "-cp", classes + os.pathsep + path]
        command += ["dev.aftercall.notification.NotificationLoad", os.path.join(folder, str(number)), FILM]
        said = subprocess.run(command + [str(word) for word in arguments], check=True, capture_output=True, text=True)
        figures = dict(line.split("=") for line in said.stdout.split() if "=" in line)
        report.note(f"{' '.join(str(word) for word in arguments)}: {figures}")
        return {key: float(value) for key, value in figures.items()}

    def several(*arguments):
        runs = [load(*arguments) for _ in range(options.rounds)]
        return {key: [one[key] for one in runs] for key in runs[0]}

    def shown(figures, unit, digits=0):
        return (
            f"**{report.median(figures):.{digits}f} {unit}** [{min(figures):.{digits}f}–{max(figures):.{digits}f}]"
        )

    soon = several("latency", max(10, options.seconds * 5))
    where = "10,000 subscriptions, 1,000 recordings a minute, 5 % of receivers hang"
    report.row(
        f"visible to first POST, {where}, p50", "≤ 200 ms", "", shown(soon["p50"], "ms"),
        f"{report.median(soon['rate']):.0f} recordings/min; {max(soon['missing']):.0f} missing",
    )
    report.row(f"the same, p99", "≤ 1 s", "", shown(soon["p99"], "ms"), "")
    many = several("throughput", 100)
    report.row(
        "notifications on SQLite, 100 subscribers to everything", "≥ 5,000/min", "",
        shown(many["notifications"], "/min"), f"{report.median(many['posts']):.0f} POSTs/min",
    )
    cost = several("encryption")
    report.row("encryption of resource data", "≤ 150 µs", "", shown(cost["micros"], "µs"), "RSA 2048")
    again = several("restart", ROWS)
    report.row(
        "start with 1,000,000 rows waiting to the first POST", "≤ 2 s", "", shown(again["seconds"], "s", 2),
        f"the server ready after {report.median(again['ready']):.2f} s; then"
        f" {report.median(again['notifications']):.0f} notifications/min",
    )
