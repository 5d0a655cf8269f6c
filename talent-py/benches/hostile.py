"""What files of ten megabytes cost, whatever they hold: seconds of processor and peak memory of `talent check`, a process for each file.

    python talent-py/benches/hostile.py target/release/talent

The aim is at most 2 seconds and 128 MiB for each, or a refusal. The exit status is 1 if a file exceeds it.
"""

import io
import json
import os
import random
import string
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

SIZE = 10_000_000
SECONDS, MEBIBYTES = 2.0, 128

HEAD = '"kind":"submission","model":"1.0","id":"s","standard":{"id":"talent-reference","version":"VERSION"},"period":{"from":"2026-01-01","to":"2026-12-31"}'


def filled(before: str, piece: str, after: str) -> bytes:
    """`piece` again and again between the ends, `#` in it a number, to ten megabytes."""
    room = SIZE - len(before.encode()) - len(after.encode())
    if "#" not in piece:
        return (before + piece * (room // len(piece.encode())) + after).encode()
    parts, length, number = [], 0, 0
    while length < room:
        parts.append(piece.replace("#", str(number)))
        length += len(parts[-1].encode())
        number += 1
    return (before + "".join(parts[:-1]) + after).encode()


def submission(members: str) -> tuple[str, str]:
    before, _, after = members.partition("@")
    return "{" + HEAD + "," + before, after + "}"


def documents(version: str) -> Iterator[tuple[str, bytes]]:
    def of(members: str, piece: str, last: str = "") -> bytes:
        before, after = submission(members)
        return filled(before.replace("VERSION", version), piece, last + after)

    yield "one value, spaces", filled("{", " ", "}")
    yield "numbers, 2 bytes each", of('"extensions":{"a":[@]}', "0,", "0")
    yield "empty lists", of('"extensions":{"a":[@]}', "[],", "0")
    yield "numbers, 30 bytes each", of('"extensions":{"a":[@]}', "1234567890.12345678901234e-100,", "0")
    yield "numbers, within the limit", of('"extensions":{"a":[@]}', "0,".ljust(51), "0")
    yield "objects, within the limit", of('"extensions":{"a":[@]}', '{"a":{}},'.ljust(153), "0")
    yield "one long text", of('"notice":{"en":"@"}', "a")
    yield "one long text of escapes", of('"extensions":{"a":"@"}', "\\u0041")
    yield "one long name", of('"extensions":{"@":0}', "n")
    yield "members, different", of('"extensions":{@}', '"m#":0,', '"z":0')
    yield "members, different, within the limit", of('"extensions":{@}', '"a-long-name-of-a-member-among-many-others-#":0,', '"z":0')
    yield "members, all the same", of('"extensions":{@}', '"the-same-name-of-a-member":0,', '"z":0')
    yield "members, unknown", of('@"z":0', '"a-long-name-of-a-member-#":0,')
    yield "NaN below a long name", of('"extensions":{"' + "n" * 1_000_000 + '":[@]}', "NaN,                      ", "0")
    yield "nested to the end", filled("", "[", "")
    yield "nested to the limit, often", of('"extensions":{"a":[@]}', "[" * 100 + "]" * 100 + ",", "0")
    yield "observations, smallest", of('"observations":[@]', '{"indicator":"a"},', '{"indicator":"a"}')
    yield "observations, within the limit", of('"observations":[@]', '{"indicator":"a-name-that-is-unknown-and-quite-long"},'.ljust(102), '{"indicator":"a"}')
    known = '{"indicator":"no-such-indicator-#","value":1},'
    yield "evidence, within the limit", of('"observations":[],"evidence":[@]', '{"id":"evidence-#","title":{"en":"Survey"}},'.ljust(204), '{"id":"z","title":{"en":"Z"}}')
    yield "observations, unknown, different", of('"community":{"kind":"community","model":"1.0","id":"c","name":{"en":"C"}},"observations":[@]', known, '{"indicator":"a"}')
    zone = '{"id":"zone-#","name":{"en":"Zone"},"role":"ring","ring":1,"stage":"new"},'
    end = '{"id":"last","name":{"en":"Z"},"role":"core","stage":"new"}'
    yield "zones", of('"community":{"kind":"community","model":"1.0","id":"c","name":{"en":"C"},"zones":[@]},"observations":[]', zone, end)
    yield "evidence", of('"observations":[],"evidence":[@]', '{"id":"evidence-#","title":{"en":"Survey"}},', '{"id":"z","title":{"en":"Z"}}')
    yield "facts", of('"community":{"kind":"community","model":"1.0","id":"c","name":{"en":"C"},"facts":{@}},"observations":[]', '"fact-number-#":{"value":1},', '"z":{"value":1}')
    yield "cut off", of('"observations":[@]', '{"indicator":"a-name-that-is-unknown-and-quite-long"},')
    yield "one long line with many faults", of('"observations":[@]', '{"indicator":"a","colour-of-the-thing":"red and blue"},', '{"indicator":"a"}')
    yield "random bytes", random.Random(1).randbytes(SIZE)
    yield "random letters", "".join(random.Random(2).choices(string.printable, k=SIZE)).encode()


TYPES = "<Types/>"
BOOK = '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    f'<Relationships><Relationship Id="rId1" Type="{KIND}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{KIND}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)


def book(sheet: bytes | str, strings: bytes | str = "<sst/>", stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/sharedStrings.xml", strings)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


def noise(seed: int, length: int) -> str:
    """Letters that can hardly be packed."""
    return "".join(random.Random(seed).choices(string.ascii_letters + string.digits, k=length))


def workbooks() -> Iterator[tuple[str, bytes]]:
    def sheet(piece: str, count: int) -> str:
        return "<worksheet><sheetData>" + "".join(piece.replace("#", str(n)) for n in range(1, count + 1)) + "</sheetData></worksheet>"

    yield "bomb: a gigabyte of one letter", book(b"a" * 1_000_000_000)
    yield "45 MB of one text, unpacked", book(sheet("", 0).replace("<sheetData>", "<!--" + (noise(3, 1_000_000) * 45) + "--><sheetData>"))
    yield "a cell at XFD1048576", book(sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', 1))
    yield "a million empty rows", book(sheet('<row r="#"/>', 1_000_000))
    yield "400,000 cells with numbers", book(sheet('<row r="#"><c r="A#"><v>#.5</v></c></row>', 400_000))
    yield "500,000 cells with numbers", book(sheet('<row r="#"><c r="A#"><v>#.5</v></c></row>', 500_000))
    rows = sheet('<row r="#"><c r="A#" t="s"><v>#</v></c></row>', 390_000)
    yield "390,000 different texts", book(rows, "<sst>" + "".join(f"<si><t>{noise(n, 30)}</t></si>" for n in range(390_000)) + "</sst>")
    inline = '<row r="#"><c r="A#" t="inlineStr"><is><t>' + noise(4, 32_000) + "</t></is></c></row>"
    yield "1,400 cells of 32,000 letters", book(sheet(inline, 1_400))
    yield "one text of 40 MB", book(sheet("", 0), "<sst><si><t>" + "a" * 100 + noise(5, 8_000_000) + "</t></si></sst>")
    yield "merged areas", book("<worksheet><mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 500_000 + "</mergeCells></worksheet>")
    yield "elements, nested", book("<a>" * 3_000_000)
    yield "attributes", book("<worksheet " + " ".join(f'a{n}="{n}"' for n in range(900_000)) + "/>")
    yield "random bytes in an archive", book(random.Random(6).randbytes(SIZE), stored=True)
    yield "an archive cut off", book(noise(7, SIZE), stored=True)[: SIZE - 1000]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(95_000):
            archive.writestr(f"xl/{n}", "")
    yield "95,000 parts", out.getvalue()
    yield "only the head of an archive", b"PK\x03\x04" + random.Random(8).randbytes(SIZE)
    yield "the lists of 200,000 parts", b"PK\x03\x04" + b"PK\x01\x02" * 2_500_000


def tables() -> Iterator[tuple[str, bytes]]:
    head = "standard.id,standard.version,submission.id,period.from,period.to,community.id,community.name.en,indicator,value,note\n"

    yield "commas", filled("indicator,value\n", ",", "\n")
    yield "line breaks", filled("indicator,value\n", "\n", "\n")
    yield "short rows", filled("indicator,value\n", "a\n", "\n")
    yield "empty quotes", filled("indicator,value\n", '"",', "\n")
    yield "one quote never closed", filled('indicator,value\n"', "a", "")
    yield "quotes, doubled", filled('indicator,value\n"', '""', '"')
    yield "rows of unknown indicators", filled(head, ",,,,,,,no-such-indicator-#,1,a note\n", "")
    yield "rows that contradict", filled(head, "talent-reference,#,s-#,2026-01-01,2026-12-31,c-#,C,LIV-1.1,1,a note\n", "")
    yield "columns, within the limit", ("indicator,value," + ("a-column".ljust(100, "-") + ",") * 95_000 + "\na,1\n").encode()
    yield "rows of unknown fields, within the limit", (head + (",".join("a-row".ljust(100, "-") for _ in range(3)) + "\n") * 31_000).encode()
    yield "columns without end", filled("indicator,value,", "column-#,", "\na,1\n")
    yield "GBK with broken bytes", "指标标识,填报值\n".encode("gbk") + b"\xff\xba" * (SIZE // 2)
    yield "UTF-8 with broken bytes", "指标标识,填报值\n".encode() * 3 + b"\xff," * (SIZE // 2)
    yield "UTF-16", filled("indicator,value\n", "ab,1\n", "").decode()[: SIZE // 2].encode("utf-16")
    yield "zero bytes", filled("indicator,value\n", "\0", "\n")


def write(folder: Path) -> None:
    standard = Path(__file__).resolve().parents[2] / "talent-model/standards/reference.json"
    version = json.loads(standard.read_text(encoding="utf-8"))["version"]
    for suffix, corpus in (("json", documents(version)), ("csv", tables()), ("xlsx", workbooks())):
        for number, (name, data) in enumerate(corpus):
            (folder / f"{suffix} {number:02} {name.replace('/', ' ')}.{suffix}").write_bytes(data)


def measure(command: str, path: Path) -> tuple[float, float, int, str]:
    process = subprocess.Popen([command, "--lang", "en", "check", "--format", "json", str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    said = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    code = said.partition('"code": "')[2][:6]
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status), code


def main() -> int:
    command = sys.argv[1]
    over = 0
    print("| file | MB | seconds | MiB | status and first finding |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        # Written by another process: a child begins with the peak memory of its parent, so this one has to stay small.
        subprocess.run([sys.executable, __file__, "--write", folder], check=True)
        for path in sorted(Path(folder).iterdir()):
            seconds, memory, status, code = measure(command, path)
            bad = seconds > SECONDS or memory > MEBIBYTES or status not in (0, 1, 2)
            over += bad
            name = path.stem.split(" ", 2)[2]
            print(f"| {name} | {path.stat().st_size / 1e6:.1f} | {seconds:.2f} | {memory:.0f} | {status} {code}{' **beyond**' if bad else ''} |", flush=True)
    return 1 if over else 0


if __name__ == "__main__":
    if sys.argv[1] == "--write":
        write(Path(sys.argv[2]))
    else:
        sys.exit(main())
