"""Ask onrecord about an article, for a CMS. Python 3.10 or newer, its standard library alone.

CHECK_URL=http://127.0.0.1:8000 python check.py article.json
"""

import json
import os
import sys
import time
import uuid
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

BUDGET = 2.0  # seconds for which the editor waits at most, for both attempts together
PAUSE = 0.2  # seconds before the second, where the service names no time


def check(article, url, key=None, budget=BUDGET):
    """Ask about an article: a request of POST /v1/score.

    Gives the answer and None, or None and the reason why there is none. It never raises: nothing here may keep a
    story from being published.
    """
    deadline = time.monotonic() + budget
    request_id = uuid.uuid4().hex
    try:
        answer, reason, wait = attempt(article, url, key, request_id, budget)
        if wait is not None and time.monotonic() + wait < deadline:
            time.sleep(wait)
            answer, reason, _ = attempt(article, url, key, request_id, deadline - time.monotonic())
    except Exception:
        answer, reason = None, "the check failed"
    return answer, reason and f"{reason} (request {request_id})"


def attempt(article, url, key, request_id, left):
    """Make one request; the last item comes with a failure that may pass: how long to wait before another."""
    headers = {"Content-Type": "application/json", "X-Request-ID": request_id}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    body = json.dumps({**article, "offset_encoding": "utf-32"})  # code points, the unit of Python's strings
    address = urlsplit(url)
    connect = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = connect(address.netloc, timeout=left)  # it follows no redirects: the text goes nowhere else
    try:
        connection.request("POST", f"{address.path}/v1/score", body, headers)
        response = connection.getresponse()
        content = response.read()
    except TimeoutError:
        return None, "no answer in time", None
    except (OSError, HTTPException):
        return None, "the service cannot be reached", PAUSE
    finally:
        connection.close()
    data = parse(content)
    if response.status == 200:
        return (data, None, None) if "verdict" in data else (None, "the answer is not the service's", None)
    reason = f"{data.get('title', 'no answer')}, status {response.status}"
    if response.status not in {429, 502, 503, 504}:
        return None, reason, None
    seconds = response.headers.get("Retry-After", "")
    return None, reason, float(seconds) if seconds.isdigit() else PAUSE


def parse(content):
    """The object that a body holds; an empty one where what stands between answers in HTML."""
    try:
        data = json.loads(content)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def report(article, answer):
    """What to show an editor: the verdict, and the words that each flag is about."""
    texts = {segment["id"]: segment["text"] for segment in article["segments"]}
    lines = [f"verdict: {answer['verdict']}"]
    for flag in answer["flags"]:
        lines.append(f"{flag['severity']} {flag['code']}: {flag['message']}")
        for sentence in (answer["sentences"][index] for index in flag["sentences"]):
            words = texts[sentence["segment"]][sentence["start"] : sentence["end"]]
            lines.append(f"  {sentence['segment']}: {words}")
    return "\n".join(lines)


if __name__ == "__main__":
    article = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    answer, reason = check(article, os.environ["CHECK_URL"], os.environ.get("CHECK_KEY"))
    print(report(article, answer) if answer else f"not checked: {reason}")
