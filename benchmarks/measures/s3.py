"""Content passed through from an object store, against nginx passing the same object through."""
import datetime
import hashlib
import hmac
import os
import subprocess
import urllib.parse
import urllib.request

from harness import nginx, report
from harness.issuer import Issuer
from harness.load import cpu_per_gb, ranges
from harness.server import HOME, Server, certificate, movie

SIZE = 200 * 1000 * 1000
WARM_UP = 5
CEPH = os.path.join(HOME, "deploy", "test", "ceph-rgw")


def ceph(folder):
    out = subprocess.run(
        [CEPH, "start", "--dir", os.path.join(folder, "ceph"), "--port", "0"],
        check=True, stdout=subprocess.PIPE, text=True,
    ).stdout
    lines = (line.split("=", 1) for line in out.splitlines() if line.startswith("AFTERCALL_TEST_S3_"))
    return {key.removeprefix("AFTERCALL_TEST_S3_").lower(): value for key, value in lines}


def sign(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def presigned(store, target, parameters=()):
    """Signature version 4 in the query, good for a day."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{now[:8]}/us-east-1/s3/aws4_request"
    query = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"{store['access_key']}/{scope}",
        "X-Amz-Date": now,
        "X-Amz-Expires": "86400",
        "X-Amz-SignedHeaders": "host",
    } | dict(parameters)
    text = "&".join(f"{name}={urllib.parse.quote(query[name], safe='')}" for name in sorted(query))
    host = urllib.parse.urlsplit(store["endpoint"]).netloc
    canonical = f"GET\n{target}\n{text}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    key = ("AWS4" + store["secret_key"]).encode()
    for part in (now[:8], "us-east-1", "s3", "aws4_request"):
        key = sign(key, part)
    signature = sign(key, f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashed}").hex()
    return f"{target}?{text}&X-Amz-Signature={signature}"


def only_object(store):
    """The one object of the bucket."""
    target = presigned(store, f"/{store['bucket']}")
    with urllib.request.urlopen(store["endpoint"] + target, timeout=30) as answer:
        listing = answer.read().decode()
    return listing.split("<Key>", 1)[1].split("</Key>", 1)[0]


def run(name, folder, options):
    try:
        measure(folder, options, ceph(folder))
    finally:
        subprocess.run([CEPH, "stop", "--dir", os.path.join(folder, "ceph")], check=True)


def measure(folder, options, store):
    tokens, pem = Issuer(), certificate(folder)
    film = os.path.join(folder, "film.mp4")
    movie(film, SIZE)
    settings = "content.store=s3\ncontent.s3.region=us-east-1\n" + "\n".join(
        f"content.s3.{key.replace('_', '-')}={store[key]}"
        for key in ("endpoint", "bucket", "access_key", "secret_key")
    )
    with Server(folder, "house", tokens, pem, settings) as house:
        recording = house.hand_over(film)
        token = tokens.person(recording.organizer)
        target = presigned(store, f"/{store['bucket']}/{only_object(store)}")
        host = urllib.parse.urlsplit(store["endpoint"]).netloc
        # As an operator would set it: connections kept, nothing written to disk for a slow reader.
        upstream = f"upstream store {{ server {host}; keepalive 64; }}"
        location = f"""location = /film.mp4 {{
          proxy_pass http://store{target};
          proxy_http_version 1.1;
          proxy_set_header Host {host};
          proxy_set_header Connection "";
          proxy_set_header Authorization "";
          proxy_max_temp_file_size 0;
          proxy_buffers 16 32k;
          proxy_busy_buffers_size 64k;
        }}"""
        with nginx.start(folder, folder, http=upstream, server=location) as theirs:
            cases = (("whole object", 4, {}), ("1 MiB ranges", 32, ranges(SIZE)))
            for what, connections, how in cases:

                def runs(seconds):
                    ours = lambda: cpu_per_gb(house, house.url + recording.content, connections, seconds, token, **how)
                    nginxs = lambda: cpu_per_gb(theirs, theirs.url + "/film.mp4", connections, seconds, **how)
                    return {"aftercall": ours, "nginx": nginxs}

                report.warm_up(house.pid, runs(WARM_UP)["aftercall"])
                runs(WARM_UP)["nginx"]()
                figures = report.interleave(options.rounds, runs(options.seconds))
                ours, nginxs = figures["aftercall"], figures["nginx"]
                report.row(
                    f"S3 (Ceph) passed through, {what}",
                    "≤ 1.5 ×",
                    "≤ 1.0 ×",
                    report.ratio(ours, nginxs),
                    f"{report.median(ours):.3f} / {report.median(nginxs):.3f} CPU s/GB",
                )
