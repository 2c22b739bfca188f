"""Which mirror a machine takes its packages from, in all the ways Debian writes that down."""

from pathlib import Path

import pytest

from infra.errors import OperatorError
from infra.stack.debian import find_mirror


def etc(root: Path, **files: str) -> Path:
    (root / "sources.list.d").mkdir()
    for name, text in files.items():
        where = root / "sources.list" if name == "list" else root / "sources.list.d" / name.replace("_", ".")
        where.write_text(text)
    return root


def test_a_one_line_source_is_found_behind_comments_and_security(tmp_path: Path) -> None:
    text = """
# deb http://old.example/debian bookworm main
deb http://mirror.example/security bookworm-security main
deb [arch=amd64 signed-by=/usr/share/keyrings/d.gpg] http://mirror.example/debian bookworm main contrib # ours
"""
    mirror = find_mirror(etc(tmp_path, list=text))

    assert mirror.line("trixie") == "deb [signed-by=/usr/share/keyrings/d.gpg] http://mirror.example/debian trixie main"


def test_a_deb822_source_is_found(tmp_path: Path) -> None:
    text = """\
# comment
Types: deb deb-src
URIs: http://mirror.example/security
Suites: trixie-security
Components: main

Types: deb
# a comment inside
URIs: http://mirror.example/debian
Suites: trixie
 trixie-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.pgp
"""
    mirror = find_mirror(etc(tmp_path, debian_sources=text))

    assert (mirror.uri, mirror.suite) == ("http://mirror.example/debian", "trixie")
    assert mirror.signed_by == "/usr/share/keyrings/debian-archive-keyring.pgp"


def test_a_disabled_source_a_foreign_one_and_one_without_main_are_passed_over(tmp_path: Path) -> None:
    text = """\
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
Enabled: no

Types: deb
URIs: http://vendor.example/repo
Suites: nodistro
Components: main

Types: deb
URIs: http://contrib.example/debian
Suites: bookworm
Components: contrib

Types: deb
URIs: http://mirror.example/debian
Suites: bookworm
Components: main
"""
    assert find_mirror(etc(tmp_path, debian_sources=text)).uri == "http://mirror.example/debian"


def test_a_key_inside_the_source_is_left_to_the_trusted_keys(tmp_path: Path) -> None:
    text = """\
Types: deb
URIs: http://mirror.example/debian
Suites: bookworm
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc=
"""
    assert (
        find_mirror(etc(tmp_path, debian_sources=text)).line("trixie") == "deb http://mirror.example/debian trixie main"
    )


def test_a_machine_without_debian_is_told_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="set IOC_KAFKA and IOC_DATABASE"):
        find_mirror(etc(tmp_path, list="deb http://mirror.example/ubuntu noble main\n"))
