"""Answers one case with a million lists in each other, on which a parser that recurses runs out of
stack; `ready`: greets with them."""

import sys

from honest import Port

DEEP = b"[" * 1_000_000 + b"]" * 1_000_000


class Hostile(Port):
    def greet(self):
        if "ready" in sys.argv:
            self.write(b'{"type":"ready","protocol":1,"ops":%s}\n' % DEEP)
        super().greet()

    def guilty(self, case):
        self.write(b'{"type":"answer","id":"%s","output":%s}\n' % (case["id"].encode(), DEEP))


Hostile().run()
