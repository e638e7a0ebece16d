"""What each of granian's worker processes loads: the site, in a process that the server ends and nobody else.

Ctrl-C reaches every process of the terminal's group at once; a worker that heard it before the server told it to stop
would take the second word for a fault. So a worker leaves the group. A server that was killed takes its workers along.
"""

from __future__ import annotations

import multiprocessing
import os
import threading

from luoshi.web.jobs import end_with
from luoshi.web.wsgi import application

if hasattr(os, "setpgrp"):
    os.setpgrp()
if (server := multiprocessing.parent_process()) is not None:
    threading.Thread(target=end_with, args=(server.pid,), daemon=True).start()

__all__ = ["application"]
