"""Wordings that settle a verdict by themselves, whatever the network makes of them: a table, each row with an example.

Both kinds are rare in abstracts, where the paper's own method nearly always wins, so a network learns them last.
"""

from __future__ import annotations

import re

TURNED: tuple[tuple[str, str], ...] = (
    # what stands right before the better one, an example
    (r"outperformed by", "Alpha is outperformed by Beta."),
    (r"(?:beaten|surpassed|exceeded|bettered) by", "Alpha is surpassed by Beta."),
    (
        r"(?:is|are|was|were|perform\w*|remains?) (?:\w+ )?(?:worse|slower|weaker|poorer|less accurate) than",
        "Alpha is slightly worse than Beta.",
    ),
    (r"inferior to", "Alpha is inferior to Beta."),
    (r"(?:lag\w*|trail\w*|falls?|fell) (?:\w+ )?behind", "Alpha lags far behind Beta."),
    (r"underperform(?:s|ed|ing)?", "Alpha underperforms Beta."),
    (r"(?:falls?|fell|falling) short of", "Alpha falls short of Beta."),
    (r"(?:does|do|did|could|can)(?: not|n't) (?:\w+ )?(?:outperform|surpass|beat|exceed|match)", "Alpha does not surpass Beta."),
    (r"(?:fails?|failed) to (?:outperform|surpass|beat|exceed|match)", "Alpha fails to match Beta."),
)
"""The object of these is the better one."""

COMPARABLE: tuple[tuple[str, str], ...] = (
    # what the sentence says, an example
    (
        r"(?:comparable|similar|competitive|equal|on[- ]par),? (?:or|and|to|if not) (?:even )?(?:slightly )?(?:better|superior|higher)",
        "Alpha is comparable or better than Beta.",
    ),
    (r"(?:better|superior),? or (?:comparable|similar|competitive|on[- ]par|equal)", "Alpha gives better or comparable results than Beta."),
    (r"match(?:es|ing)? or (?:even )?(?:outperform|surpass|exceed|beat)\w*", "Alpha is fast while matching or surpassing Beta."),
    (r"(?:on[- ]par|comparable) (?:with )?or (?:even )?(?:outperform|surpass|exceed|beat)\w*", "Alpha is on par or outperforms Beta."),
)  # fmt: skip
"""A sentence that says so leaves it open which is better."""

_TURNED = re.compile(rf"(?i)\b(?:{'|'.join(p for p, _ in TURNED)})\s(?:\S+\s){{0,3}}$")
_COMPARABLE = re.compile(rf"(?i)\b(?:{'|'.join(p for p, _ in COMPARABLE)})\b")


def turned(before_object: str) -> bool:
    """Whether the text up to a claim's object says that the object is the better one."""
    return _TURNED.search(before_object) is not None


def undecided(before_object: str) -> bool:
    """Whether the sentence up to a claim's object says no more than that both are about as good."""
    return _COMPARABLE.search(before_object) is not None
