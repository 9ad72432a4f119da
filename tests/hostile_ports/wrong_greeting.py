"""Greets with an unknown `protocol`; declares `no-operations`, `other-operations`,
`more-operations` or an `unknown-operation` beside its own; asks for `too-many` or `no` cases."""

import sys

from honest import Port


class Hostile(Port):
    def __init__(self):
        super().__init__()
        self.protocol = 2 if "protocol" in sys.argv else 1
        if "no-operations" in sys.argv:
            self.operations = ()
        if "other-operations" in sys.argv:
            self.operations = ("sha256",)
        if "more-operations" in sys.argv:
            self.operations = ("base64-encode", "sha256")
        if "unknown-operation" in sys.argv:
            self.operations = ("base64-encode", "md5")
        if "too-many" in sys.argv:
            self.max_in_flight = 1_000_000
        if "no" in sys.argv:
            self.max_in_flight = 0


Hostile().run()
