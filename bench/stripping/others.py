"""What others offer, run in an environment of its own: `.venv-bench/bin/python -m bench.stripping.others presidio`."""

import sys

import tldextract

from bench.stripping.answering import Range, Side, answer, without

# Both ask whether a name ends like a domain; of the list that comes along, not of one over the network.
tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
LANGUAGE = "en"


def presidio() -> Side:
    """Return the analyzer with all that it recognizes by default, on spaCy without a trained model."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from spacy import blank

    engine = SpacyNlpEngine()
    engine.nlp = {LANGUAGE: blank(LANGUAGE)}
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=[LANGUAGE])

    def find(text: str) -> tuple[list[Range], str]:
        spans = [(found.start, found.end) for found in analyzer.analyze(text, LANGUAGE)]
        return spans, without(text, spans)

    return find


def scrubadub() -> Side:
    """Return the scrubber with its default detectors."""
    from scrubadub import Scrubber

    scrubber = Scrubber()

    def find(text: str) -> tuple[list[Range], str]:
        spans = [(found.beg, found.end) for found in scrubber.iter_filth(text)]
        return spans, without(text, spans)

    return find


if __name__ == "__main__":
    answer({"presidio": presidio, "scrubadub": scrubadub}[sys.argv[1]]())
