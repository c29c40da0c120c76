"""From the start of the process to the first answer that took a token and the catalogue; memory at rest."""
import socket
import time

from harness import report
from harness.issuer import Issuer
from harness.processes import memory_mib
from harness.server import FILM, Server, certificate

REST = 8


def first_answer(house, target, token):
    """Seconds until a metadata GET is answered with 200; asks every 2 ms, on one connection when it can."""
    request = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    began = time.monotonic()
    house.launch()
    while time.monotonic() < began + 30:
        try:
            with socket.create_connection(("127.0.0.1", house.port), 10) as line:
                line.sendall(request)
                if line.recv(12) == b"HTTP/1.1 200":
                    return time.monotonic() - began
        except OSError:
            pass
        time.sleep(0.002)
    raise RuntimeError("no answer in 30 s")


def run(name, folder, options):
    tokens, pem = Issuer(), certificate(folder)
    house = Server(folder, "house", tokens, pem)
    with house:
        recording = house.hand_over(FILM)
    token = tokens.person(recording.organizer)
    seconds, memory, cpu = [], [], []
    for number in range(max(5, options.rounds) + 1):
        try:
            seconds.append(first_answer(house, recording.item, token))
            cpu.append(house.cpu())
            time.sleep(REST)
            memory.append(memory_mib(house.pid))
        finally:
            house.__exit__()
        report.note(f"start {number}: {seconds[-1]:.3f} s, CPU {cpu[-1]:.2f} s, {memory[-1]:.0f} MB")
    del seconds[0], memory[0], cpu[0]  # the first one reads the disk
    report.row(
        "first answer after `start`",
        "≤ 0.7 s",
        "≤ 0.35 s",
        f"**{report.median(seconds):.2f} s** [{min(seconds):.2f}–{max(seconds):.2f}]",
        f"CPU {report.median(cpu):.2f} s",
    )
    report.row(
        f"memory at rest, {REST} s after that answer",
        "≤ 160 MB",
        "≤ 100 MB",
        f"**{report.median(memory):.0f} MB** [{min(memory):.0f}–{max(memory):.0f}]",
        "RSS",
    )
