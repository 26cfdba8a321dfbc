"""Files stay under 400 lines and functions under 60: over that there are two ideas."""

import ast

import pytest

from conftest import ROOT

FILES = sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_size_budget(path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            # A signature and a docstring do not make a function long to follow.
            first = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.body[0].lineno
            assert node.end_lineno - first < 60, node.name


def test_the_core_never_imports_torch() -> None:
    for path in FILES:
        names = [
            name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
        ]
        assert not any((name or "").split(".")[0] in ("torch", "transformers", "pickle") for name in names), path
