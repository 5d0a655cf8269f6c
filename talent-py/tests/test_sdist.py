"""The archive of sources: it holds all that is needed, and builds by itself. `make smoke`, apart from the other tests because it compiles."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

CRATES = ("talent-model", "talent-score", "talent-cli", "talent-py")


@pytest.fixture(scope="module")
def archive(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    maturin = Path(sys.executable).with_name("maturin")
    subprocess.run([maturin, "sdist", "--manifest-path", root / "talent-py/Cargo.toml", "--out", folder], check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


def files(wheel: Path) -> set[str]:
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


def test_what_is_in_it(archive: Path) -> None:
    top = archive.name.removesuffix(".tar.gz")
    with tarfile.open(archive) as tar:
        members = tar.getmembers()
    names = {member.name.removeprefix(top + "/") for member in members}
    assert all(member.name.startswith(top + "/") and (member.isfile() or member.isdir()) for member in members), "no links out of the archive"
    assert {"PKG-INFO", "pyproject.toml", "Cargo.toml", "Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT"} <= names
    for crate in CRATES:
        assert {f"{crate}/{name}" for name in ("Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT", "src/lib.rs")} <= names, crate
    assert "talent-model/standards/reference.json" in names


def test_it_builds_what_the_tree_builds(archive: Path, root: Path, tmp_path: Path) -> None:
    (own,) = (root / "target/wheels").glob("talent_py-*.whl")
    # Crates of others are the same as in the tree, and need not be compiled again.
    environment = os.environ | {"CARGO_TARGET_DIR": str(root / "target"), "MATURIN_PEP517_ARGS": f"--profile {os.environ.get('PROFILE', 'dev')}"}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(archive)]
    subprocess.run(pip, check=True, env=environment)
    (made,) = tmp_path.glob("*.whl")
    if made.name != own.name:
        # maturin leaves a copy beside the wheel of the tree.
        (own.parent / made.name).unlink()
    assert files(made) == files(own)
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'there')!r}); import talent; print(talent.reference().digest, talent.__file__)"
    zipfile.ZipFile(made).extractall(tmp_path / "there")
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("sha256:") and str(tmp_path) in run.stdout
