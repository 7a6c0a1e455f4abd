"""Which part of a submission's CPU is the privacy: gate, strip, seal, look-up.

Run with a demo's environment; the argument is how many milliseconds of CPU the server spends on one.
"""

import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
SUBMISSIONS, WARM_UP = 400, 60
GOAL = 15
_spent: dict[str, int] = defaultdict(int)
_within: list[str] = []


def _measured(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the CPU of each call to its part; a part inside another one counts to the outer."""

    @wraps(function)
    def measure(*args: Any, **kwargs: Any) -> Any:
        if _within:
            return function(*args, **kwargs)
        _within.append(part)
        before = time.thread_time_ns()
        try:
            return function(*args, **kwargs)
        finally:
            _spent[part] += time.thread_time_ns() - before
            _within.pop()

    return measure


def _application() -> Any:
    """Return the application with its parts measured; they are wrapped before anything imports them by name."""
    from consent.sealing import cipher, lookups

    for name in ("encrypt", "decrypt"):
        setattr(cipher, name, _measured("seal", getattr(cipher, name)))
    for name in ("lookup", "exact_lookup"):
        setattr(lookups, name, _measured("look-up", getattr(lookups, name)))
    from feedback import stripping

    stripping.strip = _measured("strip", stripping.strip)
    import django

    django.setup()
    from consent.gate import Gate

    Gate.process_view = _measured("gate", Gate.process_view)  # type: ignore[method-assign]
    from imsupport.wsgi import application

    return application


def main() -> None:
    """Print the share of each part, and of all together."""
    from bench.inside import InsideUser
    from bench.load import EACH_WRITES, agree_all, submit_ours

    user = InsideUser(_application())
    agree_all(user, (WARM_UP + SUBMISSIONS) // EACH_WRITES)
    whole = []
    for number in range(WARM_UP + SUBMISSIONS):
        if number == WARM_UP:
            _spent.clear()
        before = time.thread_time_ns()
        submit_ours(user)
        whole.append(time.thread_time_ns() - before)
    inside = sum(whole[WARM_UP:]) / SUBMISSIONS / 1e6
    of_server = float(sys.argv[1]) if len(sys.argv) > 1 else inside
    parts = {part: 100 * spent / SUBMISSIONS / 1e6 / of_server for part, spent in sorted(_spent.items())}
    from django.db import connection

    told = ", ".join(f"{part} {share:.1f} %" for part, share in parts.items())
    print(
        f"{connection.vendor}: of the {of_server:.2f} ms a submission costs ({inside:.2f} in Python): {told};", end=" "
    )
    print(f"together {sum(parts.values()):.1f} % (goal at most {GOAL} %)")


if __name__ == "__main__":
    main()
