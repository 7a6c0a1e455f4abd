"""Logs that say what broke and where, never what people wrote: no paths, bodies, locals or exception texts."""

import json
import logging
import logging.config
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

_QUIET = ("django.request", "django.security", "django.server")


class Line(logging.Formatter):
    """One JSON line a record. An exception is its types and places: its own text may quote somebody."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = _types(record.exc_info[1])
            line["where"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


class WithoutRequest(logging.Filter):
    """Replaces the framework's messages about requests, which hold paths, by the status and the route."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(_QUIET):
            match = getattr(getattr(record, "request", None), "resolver_match", None)
            route = match.view_name if match else "no route"
            record.msg = f"answered {getattr(record, 'status_code', 400)} at {route}"
            record.args = ()
        return True


def configure(options: dict[str, Any]) -> None:
    """Set the logs of every process of the house."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": {"()": "imsupport.logs.Line"}},
            "filters": {"without_request": {"()": "imsupport.logs.WithoutRequest"}},
            "handlers": {
                "console": {
                    "class": "logging.StreamHandler",
                    "formatter": "line",
                    "filters": ["without_request"],
                }
            },
            # Pillow writes the metadata of pictures at DEBUG.
            "loggers": {"PIL": {"level": "INFO"}},
            "root": {"handlers": ["console"], "level": options["level"]},
        }
    )


def _types(error: BaseException | None) -> list[str]:
    names: list[str] = []
    while error is not None and len(names) < 5:
        names.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return names


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-8:]]
