"""5,000,000 recordings of 200,000 meetings on each database: metadata of random recordings against 1,000 of 40 meetings,
lists and deltas against 10,000 of 400."""
import base64
import os
import random
import sqlite3
import statistics
import time

from harness import issuer, report
from harness.issuer import Issuer
from harness.load import wrk
from harness.postgresql import Cluster
from harness.processes import cpu_seconds
from harness.server import Server, certificate, path
from measures import lists

LARGE, MIDDLING, SMALL = 5_000_000, 10_000, 1_000
PER_MEETING = 25
BUSY = 2_000  # meetings of the first person: 50,000 recordings, or half of all
PEOPLE = 1_000
ASKED = 20_000  # different recordings that one run asks for
WARM_UP = 5
DAY = 864_000_000_000  # ticks
EXPIRY = 4_000_000_000 * 10_000_000
TABLES = {
    "meeting": "meeting_key, tenant_id, thread_id, organizer_id, calendar_id, subject, meeting_type, channel,"
    " start_ticks, end_ticks, expiry_ticks, graph_id",
    "participant": "meeting_key, person_id, role",
    "recording": "artifact_id, tenant_id, meeting_key, call_id, content_correlation_id, created_ticks, ended_ticks,"
    " media_type, size_bytes, sha256, file_name, duration_millis, kept_ticks, organizer_id, graph_id, held_in",
    "artifact_change": "tenant_id, position, kind, artifact_id, meeting_key, organizer_id, held_in, what, at_ticks",
}

# Built at the end in one sort instead of by five million insertions.
INDEXES = {
    "recording_by_meeting": "recording (meeting_key, created_ticks, artifact_id)",
    "recording_by_organizer": "recording (tenant_id, organizer_id, held_in, created_ticks, artifact_id)",
    "recording_by_end": "recording (tenant_id, organizer_id, held_in, ended_ticks, artifact_id)",
    "recording_by_correlation": "recording (content_correlation_id, tenant_id, organizer_id, held_in)",
    "artifact_change_by_organizer": "artifact_change (tenant_id, organizer_id, held_in, kind, position)",
    "artifact_change_by_meeting": "artifact_change (meeting_key, kind, position)",
}


def encoded(text):
    return base64.b64encode(text.encode()).decode()


class Rows:
    """The rows of so many recordings; the same for each database, as nothing but the seed decides them."""

    def __init__(self, recordings):
        self.draw = random.Random(4711)
        self.count = recordings
        self.people = [self.guid() for _ in range(PEOPLE)]
        count = recordings // PER_MEETING
        self.busy = min(BUSY, count // 2)
        self.meetings = [
            (self.guid(), self.people[0] if number < self.busy else self.draw.choice(self.people), number)
            for number in range(count)
        ]
        # Sorted, as a primary key is loaded fastest; which meeting one belongs to is random then.
        self.artifacts = sorted(self.guid() for _ in range(recordings))
        self.owners = [number % len(self.meetings) for number in range(recordings)]
        self.draw.shuffle(self.owners)

    def guid(self):
        text = f"{self.draw.getrandbits(128):032x}"
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"

    @staticmethod
    def thread(number):
        return f"19:meeting_{base64.b64encode(f'{number:036d}'.encode()).decode()}@thread.v2"

    @staticmethod
    def calendar(number):
        return f"040000008200E00074C5B7101A82E008{number:080d}"

    def meeting_id(self, organizer, number):
        return encoded(f"1*{organizer}*0**{self.thread(number)}")

    def recording_id(self, organizer, number, artifact):
        return encoded(f"V2##1{organizer}{issuer.TENANT}{self.calendar(number)}##{artifact}")

    def meeting(self):
        for key, organizer, number in self.meetings:
            start = 17_000_000_000_000_000 + number * DAY // 100
            calendar = self.calendar(number)
            yield (key, issuer.TENANT, self.thread(number), organizer, calendar, f"Meeting {number}",
                   "scheduled", 0, start, start + DAY // 24, EXPIRY, self.meeting_id(organizer, number))

    def participant(self):
        for key, organizer, number in self.meetings:
            yield key, organizer, "organizer"
            for person in {self.people[(number * 7 + step) % PEOPLE] for step in range(3)} - {organizer}:
                yield key, person, "attendee"

    def recording(self):
        for artifact, owner in zip(self.artifacts, self.owners):
            key, organizer, number = self.meetings[owner]
            start = 17_000_000_000_000_000 + number * DAY // 100
            yield (artifact, issuer.TENANT, key, artifact, artifact, start, start + DAY // 24, "video/mp4",
                   100_000_000, artifact.replace("-", "") * 2, "Meeting Recording.mp4", 3_600_000, start + DAY // 20,
                   organizer, self.recording_id(organizer, number, artifact), "meeting")

    def artifact_change(self):
        for position, (artifact, owner) in enumerate(zip(self.artifacts, self.owners), 1):
            yield self.change(position, artifact, owner)

    def change(self, position, artifact, owner):
        key, organizer, _ = self.meetings[owner]
        at = 17_000_000_000_000_000 + position
        return issuer.TENANT, position, "recording", artifact, key, organizer, "meeting", "added", at

    def paths(self):
        draw = random.Random(int(time.time()))
        for index in draw.sample(range(self.count), min(ASKED, self.count)):
            artifact, owner = self.artifacts[index], self.owners[index]
            _, organizer, number = self.meetings[owner]
            yield path(
                organizer, self.meeting_id(organizer, number), self.recording_id(organizer, number, artifact)
            )


RULES = [
    ("access_policy (tenant_id, name, description)", (issuer.TENANT, "everybody", "")),
    ("access_policy_app (tenant_id, name, app_id)", (issuer.TENANT, "everybody", "reader")),
    ("access_policy_grant (tenant_id, grantee_kind, grantee_id, name, group_rank)", (issuer.TENANT, "global", "", "everybody", 0)),
]


def settings(rows):
    return [*RULES, ("change_counter (tenant_id, position)", (issuer.TENANT, rows.count))]


def load_sqlite(file, rows):
    with sqlite3.connect(file) as database:
        database.execute("pragma synchronous=off")
        database.execute("pragma cache_size=-200000")
        indexes = database.execute(
            "select name, sql from sqlite_master where type='index' and sql is not null"
            " and tbl_name in ('recording', 'artifact_change')"
        ).fetchall()
        for name, _ in indexes:
            database.execute(f"drop index {name}")
        for table, columns in TABLES.items():
            marks = ",".join("?" * (columns.count(",") + 1))
            database.executemany(f"insert into {table} ({columns}) values ({marks})", getattr(rows, table)())
        for _, sql in indexes:
            database.execute(sql)
        for table, values in settings(rows):
            database.execute(f"insert into {table} values ({','.join('?' * len(values))})", values)
        database.execute("analyze")


def load_postgresql(cluster, name, rows):
    cluster.sql(name, "drop index " + ", ".join(INDEXES))
    for table, columns in TABLES.items():
        cluster.copy(name, f"{table} ({columns})", getattr(rows, table)())
    for table, values in settings(rows):
        cluster.copy(name, table, [values])
    for index, columns in INDEXES.items():
        cluster.sql(name, f"create index {index} on {columns}")
    cluster.sql(name, "vacuum analyze")


class Case:
    """A server over so many recordings."""

    def __init__(self, folder, name, rows, tokens, pem, cluster):
        self.cluster, self.file = cluster, os.path.join(folder, name + ".paths")
        self.name, self.rows = name, rows
        # The rows have no bytes: a check of the content store would report millions of losses meanwhile.
        settings = ["storage.verify-every=never", cluster.create(name) if cluster else ""]
        self.house = Server(folder, name, tokens, pem, "\n".join(settings))
        with self.house:
            pass  # makes the schema
        if cluster:
            load_postgresql(cluster, name, rows)
        else:
            load_sqlite(os.path.join(self.house.folder, "aftercall.db"), rows)
        with open(self.file, "w") as file:
            file.writelines(target + "\n" for target in rows.paths())
        self.token = tokens.application("OnlineMeetingRecording.Read.All")

    def cpu(self):
        return self.house.cpu() + (cpu_seconds(self.cluster.pid) if self.cluster else 0)

    def change(self, positions):
        """Recordings of the busy organizer are told anew as added, at those positions."""
        chosen = [pair for pair in zip(self.rows.artifacts, self.rows.owners) if pair[1] < self.rows.busy]
        new = [self.rows.change(position, *chosen[position % len(chosen)]) for position in positions]
        counted = f"update change_counter set position = {positions[-1]}"
        if self.cluster:
            self.cluster.copy(self.name, f"artifact_change ({TABLES['artifact_change']})", new)
            self.cluster.sql(self.name, counted)
        else:
            with sqlite3.connect(os.path.join(self.house.folder, "aftercall.db"), timeout=30) as database:
                marks = ",".join("?" * 9)
                database.executemany(f"insert into artifact_change ({TABLES['artifact_change']}) values ({marks})", new)
                database.execute(counted)

    def load(self, seconds, connections=64, file=None):
        """(CPU µs for one request, its median wait in ms)."""
        before = self.cpu()
        seen = wrk(self.house.url, connections, seconds, self.token, "paths.lua", [file or self.file])
        return (self.cpu() - before) * 1e6 / seen["requests"], seen["p50"] / 1000


def run(name, folder, options):
    tokens, pem = Issuer(), certificate(folder)
    if name == "scale-sqlite":
        measure("SQLite", folder, options, tokens, pem, None)
    else:
        with Cluster(folder) as cluster:
            measure("PostgreSQL", folder, options, tokens, pem, cluster)


def measure(title, folder, options, tokens, pem, cluster):
    began = time.monotonic()
    large = Case(folder, "large", Rows(LARGE), tokens, pem, cluster)
    middling = Case(folder, "middling", Rows(MIDDLING), tokens, pem, cluster)
    small = Case(folder, "small", Rows(SMALL), tokens, pem, cluster)
    report.note(f"loaded in {time.monotonic() - began:.0f} s")
    waits = {"large": [], "small": []}
    with large.house, small.house:

        def once(case, key, seconds):
            cpu, wait = case.load(seconds)
            waits[key].append(wait)
            return cpu

        def runs(seconds):
            return {
                "large": lambda: once(large, "large", seconds),
                "small": lambda: once(small, "small", seconds),
            }

        report.warm_up(large.house.pid, runs(WARM_UP)["large"])
        report.warm_up(small.house.pid, runs(WARM_UP)["small"])
        waits["large"].clear()
        waits["small"].clear()
        figures = report.interleave(options.rounds, runs(options.seconds))
    middle = {key: statistics.median(values) for key, values in waits.items()}
    report.row(
        f"metadata GET at 5,000,000 recordings against 1,000, {title}",
        "≤ 1.3 ×",
        "≤ 1.05 ×",
        report.ratio(figures["large"], figures["small"]),
        f"{report.median(figures['large']):.1f} / {report.median(figures['small']):.1f} µs CPU;"
        f" p50 {middle['large']:.2f} / {middle['small']:.2f} ms"
        f" ({middle['large'] / middle['small']:.2f} ×)",
    )
    with large.house, middling.house:
        lists.measure(title, options, large, middling)
