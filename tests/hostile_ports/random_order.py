"""Answers in another order than it was asked, which it may: a few at a time, as they come."""

import queue
import random
import threading

from honest import Port


class Hostile(Port):
    def __init__(self):
        super().__init__()
        self.cases = queue.SimpleQueue()
        threading.Thread(target=self.work, daemon=True).start()

    def work(self):
        draw = random.Random(4)
        held = []
        while True:
            try:
                held.append(self.cases.get(timeout=0.1 if held else None))
            except queue.Empty:
                draw.shuffle(held)
                while held:
                    super().innocent(held.pop())

    def innocent(self, case):
        self.cases.put(case)


Hostile().run()
