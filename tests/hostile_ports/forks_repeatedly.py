"""Forks at every case and hangs at one.

`walks`: instead, a process that forks and exits, again and again, so that whoever kills it kills a
shadow; with `session` each time in a session of its own. `zombies`: grandchildren that end at once
and are left to whoever adopts them; how many lie there is written to the file `zombies`.
"""

import os
import pathlib
import sys
import time

from hang import hang, spawn
from honest import Port

# It may fork for so long, should nobody be able to end it.
WALK_S = 30


def walk(new_session):
    if os.fork() != 0:
        return
    end = time.monotonic() + WALK_S
    while time.monotonic() < end:
        if new_session:
            os.setsid()
        time.sleep(0.002)
        if os.fork() != 0:
            os._exit(0)
    os._exit(0)


def orphan():
    child = os.fork()
    if child == 0:
        if os.fork() == 0:
            os._exit(0)
        os._exit(0)
    os.waitpid(child, 0)


def count_zombies(parent):
    count = 0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            state, owner = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        count += state == "Z" and int(owner) == parent
    return count


class Hostile(Port):
    def innocent(self, case):
        if "zombies" in sys.argv:
            for _ in range(30):
                orphan()
        elif "walks" not in sys.argv:
            spawn()
        super().innocent(case)

    def guilty(self, case):
        if "zombies" in sys.argv:
            time.sleep(0.3)  # for the harness to look after them
            pathlib.Path("zombies").write_text(str(count_zombies(os.getppid())))
            return super().innocent(case)
        if "walks" in sys.argv:
            walk("session" in sys.argv)
        return hang()


Hostile().run()
