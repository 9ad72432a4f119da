"""Answers one case under an id that nobody gave; `missing`: under none; `number`: as a number."""

import sys

from honest import Port


class Hostile(Port):
    def guilty(self, case):
        message = {"type": "answer", "id": case["id"] + "0815",
                   "output": {"text": self.encoded(case)}}
        if "missing" in sys.argv:
            del message["id"]
        if "number" in sys.argv:
            message["id"] = int(case["id"])
        self.send(message)


Hostile().run()
