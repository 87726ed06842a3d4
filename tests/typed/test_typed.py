"""The wheel is whole: its types hold for who installs it, and the instances that ship are in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONSUMER = Path(__file__).with_name("consumer.py")
TYPO = 'typo.py:2: error: Module has no attribute "sovle"; maybe "solve"?  [attr-defined]'
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository."""
    out = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel, and the libraries of this one, but not the repository."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home / "venv", symlinks=True)
    site = next((home / "venv" / "lib").glob("python*")) / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "venv" / "bin" / "python"


def _run(python: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(python), *words], cwd=cwd, env={}, capture_output=True, text=True, check=False)


def test_an_installed_wheel_has_what_ships(installed: Path, tmp_path: Path) -> None:
    """Instances and models are read by their names, from the wheel and from anywhere."""
    code = """
import orebook, orebook.shipped
assert "site-packages" in orebook.__file__
assert orebook.read("vault-small").name == "vault-small"
assert orebook.read_model("weekly").name == "weekly"
print(*orebook.shipped.instance_names())
"""
    done = _run(installed, "-c", code, cwd=tmp_path)
    here = sorted(p.parent.relative_to(ROOT / "instances").as_posix() for p in ROOT.glob("instances/**/instance.toml"))
    assert (done.stdout.split(), done.stderr) == (here, "")


def test_types_hold_for_who_installs_the_wheel(installed: Path, tmp_path: Path) -> None:
    """mypy finds the wheel's types, and nothing wrong with the program; a name that is none it refuses."""
    shutil.copy(CONSUMER, tmp_path / "consumer.py")
    (tmp_path / "typo.py").write_text("import orebook\norebook.sovle\n")
    words = ["-m", "mypy", "--strict", "--python-executable", str(installed), "consumer.py", "typo.py"]
    done = _run(Path(sys.executable), *words, cwd=tmp_path)
    assert done.stdout.splitlines()[:-1] == [TYPO]
