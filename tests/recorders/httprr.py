"""Reads httprr traces (a JSON list of base64) by their byte counts, and the responses in them with http.client.

The format: https://pkg.go.dev/golang.org/x/oscar/internal/httprr, written down here a second time on purpose.
"""

import base64
import http.client
import io
import json
import sys


class Socket:
    def __init__(self, message):
        self.message = message

    def makefile(self, _mode):
        return io.BytesIO(self.message)


def read(trace):
    assert trace.readline() == b"httprr trace v1\n"
    while counts := trace.readline():
        request, response = (trace.read(int(count)) for count in counts.split(b" "))
        answer = http.client.HTTPResponse(Socket(response))
        answer.begin()
        bodies = request.partition(b"\r\n\r\n")[2], answer.read()
        yield [base64.b64encode(body).decode("ascii") for body in bodies]


traces = [io.BytesIO(base64.b64decode(trace)) for trace in json.load(sys.stdin)]
json.dump([list(read(trace)) for trace in traces], sys.stdout)
