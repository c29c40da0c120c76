"""Processes: started, asked for their CPU time and memory, ended. Only our own are ever ended."""
import os
import signal
import socket
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")


def stat(pid):
    """The fields of /proc/PID/stat after the command's name, which may hold blanks."""
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()


def children(pid):
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            found += [int(child) for child in file.read().split()]
    return found


def cpu_seconds(pid):
    """User and system time of a process, of its children, and of those it has reaped."""
    try:
        fields = stat(pid)
        own = sum(int(field) for field in fields[11:15]) / TICK
        return own + sum(cpu_seconds(child) for child in children(pid))
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def compiler_seconds(pid):
    """The part of it that a JVM has spent on compiling; 0 for others."""
    ticks = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/comm") as file:
                compiler = file.read().startswith(("C1 Compiler", "C2 Compiler"))
            if compiler:
                ticks += sum(int(field) for field in stat(f"{pid}/task/{task}")[11:13])
        except FileNotFoundError:
            pass
    return ticks / TICK


def memory_mib(pid, field="VmRSS"):
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1024
    raise ValueError(f"no {field}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """A server process. Use as a context: it is ended at its end."""

    def __init__(self, command, log, **user):
        self.log = log
        with open(log, "ab") as out:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/", **user
            )
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def cpu(self):
        return cpu_seconds(self.pid)

    def until(self, ready, seconds=60):
        """Waits until ready() is true; says the log's end when the process ends first."""
        end = time.monotonic() + seconds
        while not ready():
            if self.process.poll() is not None or time.monotonic() > end:
                with open(self.log, errors="replace") as file:
                    raise RuntimeError("did not start: " + file.read()[-2000:])
            time.sleep(0.05)


def answers(port, host="127.0.0.1"):
    try:
        socket.create_connection((host, port), 1).close()
        return True
    except OSError:
        return False
