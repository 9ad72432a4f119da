"""Does not flush its answers, so that they come when it ends. `ready`: nor its greeting."""

import sys

from honest import Port


class Hostile(Port):
    greeted = False

    def write(self, data):
        sys.stdout.buffer.write(data)
        if not self.greeted and "ready" not in sys.argv:
            sys.stdout.buffer.flush()
        self.greeted = True


Hostile().run()
