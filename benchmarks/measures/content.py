"""Whole files and 1 MiB ranges from disk, against nginx serving the same file, without and with TLS."""
import os

from harness import nginx, report
from harness.issuer import Issuer
from harness.load import cpu_per_gb, ranges
from harness.server import Server, certificate, movie

SIZE = 200 * 1000 * 1000
WARM_UP = 5
BARS = {
    "content": (("≤ 1.20 ×", "≤ 1.0 ×"), ("≤ 1.10 ×", "≤ 0.8 ×")),
    "content-tls": (("≤ 1.3 ×", "≤ 1.0 ×"), ("≤ 1.6 ×", "≤ 1.0 ×")),
}


def run(name, folder, options):
    tls = name == "content-tls"
    over = " over TLS 1.3" if tls else ""
    tokens, pem = Issuer(), certificate(folder)
    film = os.path.join(folder, "film.mp4")
    movie(film, SIZE)
    with Server(folder, "house", tokens, pem) as house, nginx.start(folder, folder, pem) as theirs:
        recording = house.hand_over(film)
        # One inode for both: how a file was written decides how its pages lie in memory, and that
        # what sending them costs.
        os.remove(film)
        os.link(house.kept(SIZE), film)
        token = tokens.person(recording.organizer)
        our_url = (house.tls_url if tls else house.url) + recording.content
        their_url = (theirs.tls_url if tls else theirs.url) + "/film.mp4"

        def whole(seconds):
            return {
                "aftercall": lambda: cpu_per_gb(house, our_url, 4, seconds, token),
                "nginx": lambda: cpu_per_gb(theirs, their_url, 4, seconds),
            }

        def parts(seconds, how=ranges(SIZE)):
            return {
                "aftercall": lambda: cpu_per_gb(house, our_url, 32, seconds, token, **how),
                "nginx": lambda: cpu_per_gb(theirs, their_url, 32, seconds, **how),
            }

        # Whole films are so few a second that the JIT compilers would be busy for minutes.
        report.warm_up(house.pid, parts(WARM_UP, ranges(SIZE, 1024))["aftercall"])
        for runs, what, bars in zip((whole, parts), ("whole file", "1 MiB ranges"), BARS[name]):
            report.warm_up(house.pid, runs(WARM_UP)["aftercall"])
            runs(WARM_UP)["nginx"]()
            figures = report.interleave(options.rounds, runs(options.seconds))
            ours, nginxs = figures["aftercall"], figures["nginx"]
            report.row(
                what + over,
                *bars,
                report.ratio(ours, nginxs),
                f"{report.median(ours):.3f} / {report.median(nginxs):.3f} CPU s/GB",
            )
