"""A notebook as a page of the book, with what it shows when it is run."""

import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]


def run(path: Path) -> Any:
    """The notebook with the outputs of a run at the top of the repository. A cell that fails raises."""
    book: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(book, timeout=1200, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    return book


def table(html: str) -> str:
    """A frame as a block of HTML: without a style of its own, and without blank lines, which would end the block."""
    html = re.sub(r"<style[^>]*>.*?</style>", "", html, flags=re.DOTALL)
    html = re.sub(r"<table[^>]*>", "<table>", html)
    return "\n".join(line for line in html.splitlines() if line.strip())


def page(path: Path) -> tuple[str, dict[str, bytes]]:
    """The text of the page and its pictures by name."""
    parts: list[str] = []
    pictures: dict[str, bytes] = {}
    for cell in run(path).cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        # What libraries say on the side depends on the machine.
        for output in (output for output in cell.outputs if output.get("name") != "stderr"):
            data = output.get("data", {})
            if "image/png" in data:
                name = f"{path.stem}-{len(pictures) + 1}.png"
                pictures[name] = b64decode(data["image/png"])
                parts.append(f"![]({name})")
            elif "<table" in (html := data.get("text/html", "")):
                parts.append(table(html))
            elif text := data.get("text/plain") or output.get("text"):
                parts.append(f"```text\n{text.rstrip()}\n```")
    return "\n\n".join(parts) + "\n", pictures
