"""Answers one case with its environment, its folder and its arguments."""

import json
import os
import sys

from honest import Port


class Hostile(Port):
    def guilty(self, case):
        self.answer(case["id"], json.dumps({"environment": dict(os.environ), "folder": os.getcwd(),
                                            "arguments": sys.argv}))


Hostile().run()
