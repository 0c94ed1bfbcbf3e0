"""Many at once: what every test of simultaneous acts stands on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[BaseException]:
    """Run every act in a thread of its own from the same moment; gives back what went wrong."""
    gate = threading.Barrier(len(acts))
    wrong: list[BaseException] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=20)
            act()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return wrong
