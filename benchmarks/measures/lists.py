"""Lists of a meeting, pages in the middle of an organizer's, and deltas: what they cost among millions of recordings.
Run by `scale`, which has loaded them."""
import http.client
import json
import random
import statistics
import urllib.parse

from harness import report

CONNECTIONS = 4
WARM_UP = 4
PAGE = 100
AROUND_THE_MIDDLE = 20  # pages
CHANGES = 20


class Client:
    """Asks one server after another page."""

    def __init__(self, case):
        self.connection = http.client.HTTPConnection("127.0.0.1", case.house.port, timeout=60)
        self.headers = {"Authorization": "Bearer " + case.token}

    def get(self, target):
        self.connection.request("GET", target, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{target} was answered with {answer.status}: {body[:500]}")
        return json.loads(body)


def target(link):
    parts = urllib.parse.urlsplit(link)
    return f"{parts.path}?{parts.query}"


def of_meetings(case):
    draw = random.Random(815)
    for _ in range(2_000):
        _, organizer, number = draw.choice(case.rows.meetings)
        meeting = urllib.parse.quote(case.rows.meeting_id(organizer, number), safe="")
        yield f"/v1.0/users/{organizer}/onlineMeetings/{meeting}/recordings"


def of_organizer(case):
    person = case.rows.people[0]
    return f"/v1.0/users/{person}/onlineMeetings/getAllRecordings(meetingOrganizerUserId='{person}')"


def middle(case):
    client, page = Client(case), of_organizer(case) + f"?$top={PAGE}"
    pages = sum(owner < case.rows.busy for owner in case.rows.owners) // PAGE
    for number in range(pages // 2 + AROUND_THE_MIDDLE // 2):
        got = client.get(page)
        if len(got["value"]) != PAGE:
            raise RuntimeError(f"page {number} has {len(got['value'])} items")
        if number >= pages // 2 - AROUND_THE_MIDDLE // 2:
            yield page
        page = target(got["@odata.nextLink"])


def delta(case):
    client = Client(case)
    link = client.get(of_organizer(case) + "/delta?$deltatoken=latest")["@odata.deltaLink"]
    case.change(range(case.rows.count + 1, case.rows.count + 1 + CHANGES))
    if not client.get(target(link))["value"]:
        raise RuntimeError("the delta tells no change")
    yield target(link)


KINDS = {
    "list of a meeting": of_meetings,
    f"page of {PAGE} amid an organizer's 50,000": middle,
    f"delta of {CHANGES} changes": delta,
}


def measure(title, options, large, small):
    for kind, paths in KINDS.items():
        waits = {"large": [], "small": []}
        cases = {"large": large, "small": small}
        files = {}
        for key, case in cases.items():
            files[key] = case.file + ".lists"
            with open(files[key], "w") as file:
                file.writelines(path + "\n" for path in paths(case))

        def once(key, seconds):
            cpu, wait = cases[key].load(seconds, CONNECTIONS, files[key])
            waits[key].append(wait)
            return cpu

        for key, case in cases.items():
            report.warm_up(case.house.pid, lambda: once(key, WARM_UP))
            waits[key].clear()
        figures = report.interleave(
            options.rounds,
            {"large": lambda: once("large", options.seconds), "small": lambda: once("small", options.seconds)},
        )
        report.row(
            f"{kind} at 5,000,000 recordings against 10,000, {title}, p50",
            "≤ 1.5 ×",
            "",
            report.ratio(waits["large"], waits["small"]),
            f"{statistics.median(waits['large']):.2f} / {statistics.median(waits['small']):.2f} ms;"
            f" {report.median(figures['large']):.0f} / {report.median(figures['small']):.0f} µs CPU",
        )
