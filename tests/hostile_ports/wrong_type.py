"""Answers one case with an output of the wrong type, or none."""

import sys

from honest import Port

ANSWERS = {
    "number": {"output": {"text": 5}},
    "list": {"output": ["Zm9vYg=="]},
    "string": {"output": "Zm9vYg=="},
    "null": {"output": {"text": None}},
    "nothing": {},
    "both": {"output": {"text": "Zm9vYg=="}, "refused": "no"},
    "empty": {"output": {}},
    "bad-base64": {"output": {"text": {"base64": "%%%"}}},
}


class Hostile(Port):
    def guilty(self, case):
        self.send({"type": "answer", "id": case["id"], **ANSWERS[sys.argv[1]]})


Hostile().run()
