"""What trials came to, for people: a line a seed, a row a way of treating doubts."""

from collections.abc import Sequence

from bench.chaos.verdict import Verdict

SHOWN = 8  # broken promises of one seed
HEAD = (
    "| in doubt | seeds × deliveries | kills | faults | missed | doubled | sent again by policy "
    "(had arrived) | unknown at the end | other promises broken |",
    "|---|---|---|---|---|---|---|---|---|",
)


def line(v: Verdict) -> str:
    """One trial."""
    kept = "every promise held" if not v.broken else f"{len(v.broken)} promises broken"
    still = f" (the machine stood still {v.stood_still} times)" if v.stood_still else ""
    said = (
        f"seed {v.seed}: {v.deliveries} deliveries, {v.requests} requests, {v.kills} kills, "
        f"{v.faults} faults ({v.never} never came) in {v.took_s:.0f} s: missed {v.missed}, "
        f"doubled {v.doubled}, sent again by policy {v.again}, unknown {v.unknown}; {kept}{still}"
    )
    return "\n  ".join([said, *v.broken[:SHOWN]])


def row(way: str, verdicts: Sequence[Verdict]) -> str:
    """All trials of one way."""

    def total(name: str) -> int:
        return sum(int(getattr(verdict, name)) for verdict in verdicts)

    others = sum(len(v.broken) for v in verdicts) - total("missed") - total("doubled")
    cells = (
        way,
        f"{len(verdicts)} × {verdicts[0].deliveries}",
        total("kills"),
        total("faults"),
        total("missed"),
        total("doubled"),
        f"{total('again')} ({total('twice_by_policy')})",
        total("unknown"),
        others,
    )
    return f"| {' | '.join(map(str, cells))} |"
