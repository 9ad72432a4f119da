"""Processes that do not end by themselves, until their life is over."""

import os
import pathlib
import signal
import time

from honest import LIFETIME_S


def hang():
    """Says so by a file `hangs`."""
    pathlib.Path("hangs").touch()
    time.sleep(LIFETIME_S)


def ignore_being_asked():
    """Only SIGKILL ends it now, and the end of its life."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)


def spawn(new_session=False):
    """A child that hangs, and holds every stream that it inherits."""
    ready, child_ready = os.pipe()
    if os.fork() == 0:
        if new_session:
            os.setsid()
            ignore_being_asked()
        os.write(child_ready, b".")
        time.sleep(LIFETIME_S)
        os._exit(0)
    os.read(ready, 1)
