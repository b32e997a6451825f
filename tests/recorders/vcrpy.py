"""Records or replays calls with vcr.py through http.client: a job as JSON on stdin, what the client got on stdout."""

import base64
import http.client
import json
import sys

import vcr

job = json.load(sys.stdin)
recorder = vcr.VCR(
    serializer=job["serializer"],
    record_mode=job["mode"],
    match_on=["method", "uri", "body"],
)


def call(port, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
    connection.request("POST", path, body.encode("utf-8"), headers)
    response = connection.getresponse()
    answer = base64.b64encode(response.read()).decode("ascii")
    connection.close()
    return answer


answers = []
for cassette in job["cassettes"]:
    with recorder.use_cassette(job["folder"] + "/" + cassette["name"]):
        answers.append([call(job["port"], each["path"], each["body"]) for each in cassette["calls"]])
json.dump(answers, sys.stdout)
