"""Strips lines of JSON from standard input, for scripts and for measuring."""

import argparse
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from feedback.stripping import strip, written_out


class Command(BaseCommand):
    help = 'Read lines {"id","text"} and write, in order, {"id","text","spans"}.'
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--jsonl", action="store_true", required=True)
        parser.add_argument(
            "--identifiers",
            action="store_true",
            help="also e-mail, phone, IBAN, identity number, address, IP, signature",
        )
        parser.add_argument("--explain", action="store_true", help="say which rule and term")

    def handle(self, *args: Any, **options: Any) -> None:
        for number, line in enumerate(sys.stdin.buffer, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8"))
                entry, text = row["id"], row["text"]
                words = strip(text, identifiers=options["identifiers"])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CommandError(f"line {number} is not an object with id and text") from error
            spans = [{"start": s.start, "end": s.end, "category": s.category} for s in words.spans]
            if options["explain"]:
                spans = [{**span, "rule": s.rule, "term": s.term} for span, s in zip(spans, words.spans, strict=True)]
            text = written_out(words.text, words.marks, lambda category: f"[left out: {category}]")
            self.stdout.write(json.dumps({"id": entry, "text": text, "spans": spans}, ensure_ascii=False))
