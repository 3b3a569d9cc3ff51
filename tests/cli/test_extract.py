"""`kg extract`"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from pathlib import Path

SURE = "We present ZetaNet, a small network. ZetaNet outperforms ResNet-50 by 2.1% top-1 accuracy on ImageNet."


def lines(*papers: dict[str, object]) -> str:
    return "".join(json.dumps(paper) + "\n" for paper in papers)


def test_one_record_a_line_in_input_order_with_nothing_merged(kg, tmp_path: Path) -> None:
    paper = {"id": "p", "title": "ZetaNet", "abstract": SURE}
    other = {"id": "a", "title": "No claims here", "abstract": "We look back.", "colour": "other keys are ignored"}
    (tmp_path / "b.jsonl").write_text(lines(paper, other))
    (tmp_path / "a.jsonl").write_text(lines(paper))
    done = kg("extract", "b.jsonl", "a.jsonl")
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == ["p", "a", "p"]
    assert records[0]["comparisons"] == records[2]["comparisons"]
    for record in records:
        text = f"{record['title']}\n{record['abstract']}"
        assert all(text[m["start"] : m["end"]] == m["text"] for entity in record["entities"] for m in entity["mentions"])


def test_standard_input(kg) -> None:
    done = kg("extract", "-", input=lines({"id": "p", "title": "ZetaNet", "abstract": SURE}))
    assert json.loads(done.stdout)["id"] == "p"


def test_an_unreadable_source_is_named_and_the_rest_is_done(kg, tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(lines({"id": "p", "title": "ZetaNet", "abstract": SURE}))
    (tmp_path / "bad.bin").write_bytes(bytes(range(256)) * 20)
    done = kg("extract", "bad.bin", "missing.jsonl", "good.jsonl")
    assert done.returncode == 3
    assert json.loads(done.stdout)["id"] == "p"
    assert "bad.bin" in done.stderr
    assert "missing.jsonl" in done.stderr


def test_a_bad_line_is_named_by_its_number(kg) -> None:
    good = lines({"id": "p", "title": "ZetaNet", "abstract": SURE})
    done = kg("extract", "-", input=good + '{"id": "q", "title":\n' + good)
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 2
    assert "line 2" in done.stderr


def test_min_confidence_only_ever_takes_claims_away(kg) -> None:
    paper = lines({"id": "p", "title": "ZetaNet", "abstract": SURE})

    def claims(threshold: str) -> set[str]:
        record = json.loads(kg("extract", "-", "--min-confidence", threshold, input=paper).stdout)
        return {claim["id"] for kind in ("comparisons", "results", "sota") for claim in record[kind]}

    every, none = claims("0"), claims("1")
    assert none <= claims("0.5") <= every


def test_without_a_source_it_is_bad_usage(kg) -> None:
    assert kg("extract").returncode == 2


def test_a_lone_surrogate_comes_out_as_json(kg) -> None:
    done = kg("extract", "-", input='{"id": "p", "title": "A \\ud800 title", "abstract": "We look back."}\n')
    assert done.returncode in (0, 3)
    assert all(json.loads(line)["id"] == "p" for line in done.stdout.splitlines())


def test_a_record_appears_before_the_input_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "extract", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        seen = b""
        for number in range(2000):  # a reader may look ahead to tell the form, an extractor may fill a batch
            try:
                child.stdin.write(lines({"id": f"p{number}", "title": "ZetaNet", "abstract": "We look back."}).encode())
                child.stdin.flush()
            except BrokenPipeError:
                break
            if select.select([child.stdout], [], [], 0)[0]:
                seen = os.read(child.stdout.fileno(), 1 << 16)
                break
        else:
            assert select.select([child.stdout], [], [], 60)[0], "nothing came while the input stood open"
            seen = os.read(child.stdout.fileno(), 1 << 16)
        child.stdin.close()
        child.stdout.read()
    assert json.loads(seen.splitlines()[0])["id"] == "p0"


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(lines(*({"id": f"p{n}", "title": "ZetaNet", "abstract": "We look back."} for n in range(2000))))
    command = f"set -o pipefail; {sys.executable} -m kg extract many.jsonl | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["id"] == "p0"
    assert done.stderr == ""
    assert done.returncode == 0
