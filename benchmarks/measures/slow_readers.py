"""Many clients of one process, each reading 64 KiB/s. Arguments: port, path, clients, seconds; the token on stdin."""
import resource
import socket
import sys
import time

RATE = 64 * 1024
TICK = 0.25

port, path, clients, seconds = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
token = sys.stdin.read()
resource.setrlimit(resource.RLIMIT_NOFILE, (clients + 100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
lines, buffer = [], bytearray(RATE)
for _ in range(clients):
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)  # the kernel takes twice as much
    line.connect(("127.0.0.1", port))
    line.sendall(request)
    lines.append(line)
for line in lines:
    if not line.recv(4096).startswith(b"HTTP/1.1 200"):
        sys.exit("refused")
    line.setblocking(False)
print("all reading", flush=True)
taken = [0] * clients
end = time.monotonic() + seconds
while time.monotonic() < end:
    tick = time.monotonic()
    for number, line in enumerate(lines):
        left = int(RATE * TICK)
        try:
            while left > 0:
                got = line.recv_into(buffer, left)
                if got == 0:
                    sys.exit("closed")
                left -= got
                taken[number] += got
        except BlockingIOError:
            pass
    time.sleep(max(0.0, tick + TICK - time.monotonic()))
print(sum(taken), min(taken), flush=True)
