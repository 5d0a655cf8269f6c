"""What mkdocs is told besides its configuration: pages made from the code, the notebooks, and links to files outside of docs/.

Pages are written to be read in the repository too, so their links are those of the repository. What such a link names outside of docs/
becomes part of the book, under repository/; mkdocs then checks all links alike.
"""

import re
import sys
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import notebook
import reference
from mkdocs.structure.files import File

DOCS = Path(__file__).resolve().parents[1]
ROOT = DOCS.parent
OUTSIDE = "repository"
# Text that stands between backquotes or fences has no links.
LINK = re.compile(r"^```.*?^```$|`[^`\n]*`|\]\(([^)\s#]+)(#[^)\s]*)?\)", re.MULTILINE | re.DOTALL)


def place(target: str, page: str) -> str | None:
    """Where in the repository `target` lies, named by the file `page` of the repository; `None` for what is no file of ours."""
    if re.match(r"[a-z]+:", target):
        return None
    path = normpath(str(PurePosixPath(page).parent / target))
    if (ROOT / path).is_dir():
        path = normpath(f"{path}/README.md")
    return path if (ROOT / path).is_file() and not path.startswith(("docs/", "../")) else None


def in_the_repository(uri: str) -> str:
    return uri.removeprefix(f"{OUTSIDE}/") if uri.startswith(f"{OUTSIDE}/") else f"docs/{uri}"


def linked(text: str, page: str) -> list[str]:
    return [path for match in LINK.finditer(text) if match[1] and (path := place(match[1], page))]


def on_files(files: Any, config: Any) -> Any:
    for path in sorted(DOCS.rglob("*.ipynb")):
        uri = path.relative_to(DOCS)
        files.remove(files.get_file_from_path(str(uri)))
        text, pictures = notebook.page(path)
        files.append(File.generated(config, str(uri.with_suffix(".md")), content=text))
        for name, picture in pictures.items():
            files.append(File.generated(config, str(uri.parent / name), content=picture))
    for made, text in reference.pages(ROOT).items():
        files.append(File.generated(config, made, content=text))
    waiting = [file.src_uri for file in files.documentation_pages()]
    while waiting:
        uri = waiting.pop()
        page = in_the_repository(uri)
        for outside in linked(files.get_file_from_path(uri).content_string, page):
            new = f"{OUTSIDE}/{outside}"
            if files.get_file_from_path(new) is None:
                files.append(File.generated(config, new, abs_src_path=str(ROOT / outside)))
                if new.endswith(".md"):
                    waiting.append(new)
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    here = page.file.src_uri

    def rewrite(match: re.Match[str]) -> str:
        target, anchor = match[1], match[2] or ""
        if not target:
            return match[0]
        path = place(target, in_the_repository(here))
        if path is not None:
            return f"]({relpath(f'{OUTSIDE}/{path}', str(PurePosixPath(here).parent))}{anchor})"
        inside = normpath(str(PurePosixPath(in_the_repository(here)).parent / target))
        if inside.startswith("docs/"):
            inside = inside.removeprefix("docs/")
            inside = f"{inside}/README.md" if (DOCS / inside).is_dir() else re.sub(r"\.ipynb$", ".md", inside)
            return f"]({relpath(inside, str(PurePosixPath(here).parent))}{anchor})"
        return match[0]

    return LINK.sub(rewrite, markdown)
