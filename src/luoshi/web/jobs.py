"""The process that does what takes longer than a page: started by ``luoshi serve``, ended with it, whatever ends it.

``python -m luoshi.web.jobs PARENT`` works through the queue of django-tasks until it is told to stop, or until the
process PARENT is gone. A job that is running is finished first.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

_LOOK = 1.0  # seconds between two looks at whether the server is still there


def end_with(parent: int) -> None:
    """Stop this process, by the signal that lets a job finish, when ``parent`` is no longer the one that started it."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Work until told to stop."""
    # Named by whoever starts this: asked for here, it may be gone already and somebody else be the parent.
    threading.Thread(target=end_with, args=(int(sys.argv[1]),), daemon=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.web.settings")
    import django  # noqa: PLC0415 -- needs the settings named above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- needs Django made ready

    call_command("db_worker", interval=1, startup_delay=False, verbosity=0)


if __name__ == "__main__":
    main()
