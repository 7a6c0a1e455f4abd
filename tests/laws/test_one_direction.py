"""Law 10: one direction. The contracts stand in pyproject.toml and `make check` keeps them."""

import tomllib
from typing import Any

import pytest

from tests.architecture.source import ROOT, imports, modules, named

CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]
FLOORS = ("consent", "feedback")


def test_make_check_keeps_the_contracts() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\ncheck:")[1].split("\n\n")[0]

    assert "lint-imports" in recipe
    assert "make check" in (ROOT / ".ci/run").read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "The house: wiring > feedback > consent > accounts > clock",
        "Feedback: doors > intake > tickets > outbox > stripping; doors ignore each other",
        "Consent: pages > gate > disclosures > access > ledger > policies > people > sealing",
        "Stripping is pure Python",
        "Only the outbox task delivers",
        "Only the task of passing on lets data leave",
        "One client calls out, for one delivery",
        "Only sealing touches the cipher",
        "Model faces are for Django only",
    ],
)
def test_a_contract_stands(name: str) -> None:
    assert name in {contract["name"] for contract in CONTRACTS}


def test_no_contract_makes_exceptions_for_single_imports() -> None:
    assert not any("ignore_imports" in contract for contract in CONTRACTS)


@pytest.mark.parametrize("label", FLOORS)
def test_every_room_stands_on_a_floor(label: str) -> None:
    [contract] = [contract for contract in CONTRACTS if contract.get("containers") == [label]]
    placed = {room for layer in contract["layers"] for room in layer.replace("|", " ").replace(":", " ").split()}
    rooms = {path.parent.name for path in (ROOT / label).glob("*/__init__.py")}
    rooms |= {path.stem for path in (ROOT / label).glob("*.py") if path.stem != "__init__"}

    assert contract["exhaustive"]
    assert rooms <= placed | set(contract["exhaustive_ignores"])


def test_consent_knows_nothing_of_tickets_and_the_wiring_is_imported_by_nobody() -> None:
    for path in modules("consent"):
        assert not [name for name in imports(path) if name.startswith("feedback")], named(path)
    for path in modules("consent", "feedback"):
        wiring = ("imsupport.urls", "imsupport.celery", "imsupport.wsgi", "imsupport.settings", "imsupport.up")
        assert not [name for name in imports(path) if name.startswith(wiring)], named(path)
