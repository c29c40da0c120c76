"""Aftercall as an operator starts it: `aftercall start --config`, with our issuer and a certificate."""
import glob
import http.client
import json
import os
import random
import shutil
import socket
import subprocess
import urllib.parse
import uuid

from harness import issuer
from harness.processes import Running, free_port

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAUNCHER = os.path.join(HOME, "aftercall")
LIBRARIES = os.path.join(HOME, "server", "target", "aftercall", "lib")
FILM = os.path.join(HOME, "server", "src", "main", "resources", "demo", "quarterly-planning.mp4")


def certificate(folder):
    """The chain and key that start-dev makes; nginx gets the same."""
    own = os.path.join(folder, "certificate")
    ready = own + ".json"
    ports = ["--http-port", "0", "--https-port", "0"]
    command = [LAUNCHER, "start-dev", "--no-demo", *ports, "--data", own, "--ready-file", ready]
    with Running(command, own + ".log") as dev:
        dev.until(lambda: os.path.exists(ready))
    return os.path.join(own, "dev", "leaf.pem"), os.path.join(own, "dev", "leaf.key")


def movie(path, size):
    """A film of that size: a real one, followed by a `free` box of random bytes, never sparse."""
    shutil.copyfile(FILM, path)
    padding = size - os.path.getsize(path)
    with open(path, "ab") as file:
        file.write(padding.to_bytes(4, "big") + b"free")
        left = padding - 8
        while left:
            left -= file.write(random.randbytes(min(left, 1 << 20)))


class Recording:
    """A recording that was handed over, and the paths it is read by."""

    def __init__(self, organizer, receipt):
        self.organizer = organizer
        self.item = path(organizer, receipt["meetingId"], receipt["id"])
        self.content = self.item + "/content"


def path(organizer, meeting, recording):
    quoted = [urllib.parse.quote(part, safe="") for part in (meeting, recording)]
    return f"/v1.0/users/{organizer}/onlineMeetings/{quoted[0]}/recordings/{quoted[1]}"


class Server:
    """A server with a data folder of its own. Settings beyond the usual come as key=value lines."""

    def __init__(self, folder, name, tokens, pem, settings=""):
        self.folder = os.path.join(folder, name)
        os.makedirs(self.folder, exist_ok=True)
        self.tokens = tokens
        self.port, self.tls_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.tls_url = f"https://127.0.0.1:{self.tls_port}"
        self.config = self.folder + ".properties"
        with open(self.config, "w") as file:
            file.write(
                f"data-dir={self.folder}\nhttp.port={self.port}\nhttps.port={self.tls_port}\n"
                f"https.certificate={pem[0]}\nhttps.key={pem[1]}\n"
                f"issuer.benchmark.type=oidc\nissuer.benchmark.url={tokens.url}\n"
                f"issuer.benchmark.tenant={issuer.TENANT}\nissuer.benchmark.audiences={issuer.AUDIENCE}\n"
                f"{settings}\n"
            )
        self.running = None

    def __enter__(self):
        self.launch()
        self.running.until(lambda: self.get("/health/ready") == 200)
        return self

    def launch(self):
        """Starts without waiting."""
        self.running = Running([LAUNCHER, "start", "--config", self.config], self.folder + ".log")
        self.pid = self.running.pid

    def __exit__(self, *_):
        self.running.__exit__()

    def cpu(self):
        return self.running.cpu()

    def get(self, target, token=None):
        """The status, or 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", target, headers={"Authorization": "Bearer " + token} if token else {})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except OSError:
            return 0
        finally:
            connection.close()

    def hand_over(self, file, fragment=None, organizer=None):
        """Hands a file over by an upload session, whole or in fragments of so many bytes."""
        organizer = organizer or str(uuid.uuid4())
        size = os.path.getsize(file)
        upload = self.open_upload(organizer, size)
        with open(file, "rb") as source, socket.create_connection(("127.0.0.1", self.port), 300) as line:
            answers = line.makefile("rb")
            for first in range(0, size, fragment or size):
                length = min(fragment or size, size - first)
                head = f"PUT {upload} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n"
                if fragment:
                    head += f"Content-Range: bytes {first}-{first + length - 1}/{size}\r\n"
                line.sendall((head + "\r\n").encode())
                line.sendfile(source, first, length)
                status, body = read_answer(answers)
        if status != 201:
            raise RuntimeError(f"the hand-over was answered with {status}: {body}")
        return Recording(organizer, json.loads(body))

    def kept(self, size):
        """The file of that size in the content folder."""
        files = glob.glob(os.path.join(self.folder, "content", "*", "*", "*"))
        return next(file for file in files if os.path.getsize(file) == size)

    def open_upload(self, organizer, size):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        token = self.tokens.application("Recording.Intake")
        body = json.dumps({"organizer": organizer, "fileName": "film.mp4", "size": size})
        connection.request("POST", "/intake/v1/recordings", body, {"Authorization": "Bearer " + token})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"no upload session: {answer.status} {text}")
        return urllib.parse.urlsplit(json.loads(text)["uploadUrl"]).path


def read_answer(stream):
    status = int(stream.readline().split()[1])
    length = 0
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, value = line.split(b":", 1)
        if name.lower() == b"content-length":
            length = int(value)
    return status, stream.read(length)


def aftercall(*arguments):
    subprocess.run([LAUNCHER, *arguments], check=True, capture_output=True)
