"""Answers one case with a text of seven MiB, which fits into a line."""

from honest import Port


class Hostile(Port):
    def guilty(self, case):
        self.answer(case["id"], "x" * (7 << 20))


Hostile().run()
