import json
import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT
from tests.imsupport.starting import DEMO, environment


def test_a_full_disk_is_told_to_who_writes_and_takes_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    given = environment(tmp_path, {**DEMO, "DJANGO_SETTINGS_MODULE": "imsupport.settings", "LOG_LEVEL": "CRITICAL"})
    alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    program = [*alone, sys.executable, "-m", "tests.faults.full_disk"]

    ran = subprocess.run(program, cwd=ROOT, env=given, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["taken"] > 3
    assert found["refused"] == [500]
    assert all("Something broke on our side" in page for page in found["said"])
    assert "disk: 0 MB free in the data folder" in found["doctor"]
    assert found["after"] == 302
    assert found["kept"] == found["taken"] + 1
    assert found["torn"] == 0
    assert found["whole"] == [True, True]
