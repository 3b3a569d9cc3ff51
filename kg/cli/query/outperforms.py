"""`kg query outperforms`"""

from __future__ import annotations

from kg.cli.query.options import Dataset, Exact, Limit, Metric, MinConfidence, NoBackground, Since, Target, Task, ThirdParty, Until
from kg.cli.terminal import OUTPUT, As, Folder, answer
from kg.query import outperforms


def command(
    target: Target,
    exact: Exact = False,
    dataset: Dataset = None,
    metric: Metric = None,
    task: Task = None,
    since: Since = None,
    until: Until = None,
    no_background: NoBackground = False,
    third_party: ThirdParty = False,
    min_confidence: MinConfidence = None,
    limit: Limit = None,
    output: Folder = OUTPUT,
    format: As = "table",
) -> None:
    """What beats NAME or a variant of it: one row per claim, the best evidence first."""
    answer(
        output,
        lambda store: outperforms(
            store,
            target,
            exact=exact,
            dataset=dataset,
            metric=metric,
            task=task,
            since=since,
            until=until,
            background=not no_background,
            third_party=third_party,
            min_confidence=min_confidence,
            limit=limit,
        ),
        format,
    )
