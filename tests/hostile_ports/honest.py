"""The port that all others in this folder are changes of: it keeps the protocol and encodes base64.

A hostile one overrides what it does wrong. Most do it at the case that encodes GUILTY alone.
"""

import base64
import json
import os
import signal
import sys

GUILTY = "foob"
# A harness that fails to end a port must not leave it for good.
LIFETIME_S = 200


class Port:
    operations = ("base64-encode",)
    protocol = 1
    line_end = b"\n"

    def __init__(self):
        signal.alarm(LIFETIME_S)
        self.max_in_flight = int(os.environ.get("IN_FLIGHT", "1"))

    def run(self):
        for line in self.lines():
            message = json.loads(line)
            if message["type"] == "hello":
                self.greet()
            elif message["input"]["bytes"] == GUILTY:
                self.guilty(message)
            else:
                self.innocent(message)
        self.end()

    def lines(self):
        yield from sys.stdin.buffer

    def greet(self):
        self.send({"type": "ready", "protocol": self.protocol,
                   "port": {"name": "hostile", "version": "1.0", "language": "Python",
                            "crypto": "none"},
                   "ops": list(self.operations), "max_in_flight": self.max_in_flight})

    def innocent(self, case):
        self.answer(case["id"], self.encoded(case))

    def guilty(self, case):
        self.innocent(case)

    def end(self):
        """Standard input is closed."""

    @staticmethod
    def encoded(case):
        written = case["input"]["bytes"]
        if isinstance(written, dict):
            return written["base64"]
        return base64.b64encode(written.encode()).decode()

    def answer(self, case_id, text):
        self.send({"type": "answer", "id": case_id, "output": {"text": text}})

    def send(self, message):
        self.write(json.dumps(message).encode() + self.line_end)

    @staticmethod
    def write(data):
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    Port().run()
