import hashlib
import html
import re
from pathlib import Path

from django.test import Client

from consent.policies.models import PolicyText
from consent.policies.reading import sections_of

SHA256 = "d40d7e88a265aaa96aeaad08e62a3e2f16637df1977842c63b48afe05858fbcd"
TEXT = Path(__file__).parents[3] / "consent" / "policies" / "founding" / "v1.en.txt"


def test_the_founding_policy_is_byte_for_byte_the_one_that_was_given() -> None:
    kept = PolicyText.objects.get(version=1, language="en")

    assert hashlib.sha256(TEXT.read_bytes()).hexdigest() == SHA256
    assert hashlib.sha256(kept.body.encode()).hexdigest() == kept.sha256 == SHA256


def test_the_page_leaves_out_no_word_of_the_policy(client: Client) -> None:
    page = html.unescape(re.sub(r"<[^>]+>", " ", client.get("/policy/").content.decode()))
    shown = " ".join(page.split())

    for line in TEXT.read_text("utf-8").splitlines()[1:]:
        assert " ".join(line.split()) in shown


def test_each_clause_has_an_anchor_of_its_own_and_each_heading_is_in_the_contents(client: Client) -> None:
    page = client.get("/policy/1/").content.decode()

    anchors = re.findall(r' id="([sc][\d.-]+)"', page)
    assert len(anchors) == len(set(anchors))
    for section in sections_of(TEXT.read_text("utf-8")):
        assert {anchor for anchor, _ in section.paragraphs} <= set(anchors)
        if section.title:
            assert f'<a href="#s{section.number}">' in page


def test_what_the_operator_adds_is_marked_as_such(client: Client) -> None:
    assert "Added by the operator, not part of the policy text" in client.get("/policy/").content.decode()


def test_a_version_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/policy/9/").status_code == 404
    assert client.get("/policy/1..9/").status_code == 404


def test_a_version_does_not_differ_from_itself(client: Client) -> None:
    page = client.get("/policy/1..1/").content.decode()

    assert "<ins>" not in page
    assert "<del>" not in page


def test_the_gaps_of_the_founding_policy_stand_on_its_page_and_point_at_their_clauses(client: Client) -> None:
    page = html.unescape(client.get("/policy/1/").content.decode())

    assert "What this version leaves open" in page
    assert "who is responsible, by name" in page
    assert "to which authority one can complain" in page
    assert re.search(r'<a href="#c5-1">[^<]+</a> calls security perfect', page)
    assert "what the data is used for" not in page
