"""Call five endpoints of three vendors through the generated clients, and print what arrives.

Run by `make demo`. The simulator is started in this process, on a free port of this machine, and stopped at the
end; nothing else is contacted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from time import perf_counter
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from dialspec.pipeline import api_of
from dialspec.simulator import Simulator, serve
from dialspec_clients.huawei_isales import HuaweiIsales
from dialspec_clients.laaffic import Laaffic
from dialspec_clients.nio import Nio
from dialspec_runtime import Pager, Record

Row = TypeVar("Row", bound=Record)
SHOWN_ROWS = 4
console = Console(highlight=False)


def main() -> None:
    """Start the simulator, call the endpoints, and say what to try next."""
    simulator = Simulator(api_of(), records=300)
    with serve(simulator) as root:
        console.print(f"The simulator, a stand-in for the vendors, listens at [bold]{root}[/].\n")
        query_nio(simulator, root)
        query_laaffic(simulator, root)
        query_huawei(simulator, root)
    console.print(
        "[bold]Try next[/]\n"
        "  .venv/bin/dialspec simulate            the simulator, for your own program\n"
        "  .venv/bin/dialspec simulate --fault http_500:0.2   … on a bad day\n"
        "  .venv/bin/dialspec lint                check the specs in specs/\n"
        "  make docs-serve                        read the documentation\n"
        "  examples/demo.py                       what you have just seen, as code"
    )


def query_nio(simulator: Simulator, root: str) -> None:
    """Call three endpoints of NIO."""
    with Nio(base_url=simulator.base_url("nio", root), **simulator.credentials("nio")) as nio:
        show(
            "NIO · preview_tasks.list_numbers · numbers of a preview task",
            nio.preview_tasks.list_numbers(task_id=123),
            ("key_id", "called", "status", "call_count", "seat_name"),
        )
        flow = nio.recall_flows.get(key_id=12)
        show_records(
            "NIO · recall_flows.get · one recall flow and its rounds",
            flow.node_list or [],
            ("key_id", "task_id", "node_status", "script_id"),
            f"flow {flow.key_id}: every {flow.recall_interval} minutes, {flow.recall_num} rounds",
        )
        show(
            "NIO · group_calls.list · group call tasks",
            nio.group_calls.list(
                str_time=datetime(2000, 1, 1),  # noqa: DTZ001 - the vendor documents no zone
                end_time=datetime(2100, 1, 1),  # noqa: DTZ001
            ),
            ("job_id", "task_name", "status", "rate", "created_time"),
        )


def query_laaffic(simulator: Simulator, root: str) -> None:
    """Call one endpoint of LAAFFIC."""
    credentials = simulator.credentials("laaffic")
    with Laaffic(base_url=simulator.base_url("laaffic", root), **credentials) as laaffic:
        show(
            "LAAFFIC · preview_tasks.list · preview tasks",
            laaffic.preview_tasks.list(),
            ("task_id", "task_status", "task_type", "total_count", "create_time"),
        )


def query_huawei(simulator: Simulator, root: str) -> None:
    """Call one endpoint of Huawei CC-iSales."""
    url = simulator.base_url("huawei_isales", root)
    with HuaweiIsales(base_url=url, **simulator.credentials("huawei_isales")) as isales:
        show(
            "Huawei CC-iSales · appointments.list · reserved calls",
            isales.appointments.list(),
            ("appoint_id", "call_type", "appoint_time", "timeout"),
        )


def show(title: str, pager: Pager[Row], columns: Sequence[str]) -> None:
    """Walk all pages of a listing, and print its first rows and how many there were."""
    began = perf_counter()
    pages = list(pager.pages())
    records = [record for page in pages for record in page.items]
    seconds = perf_counter() - began
    more = f"{len(records)} records on {len(pages)} pages in {seconds:.2f} s"
    show_records(title, records, columns, more)


def show_records(
    title: str, records: Sequence[Record], columns: Sequence[str], caption: str
) -> None:
    """Print the first rows of `records` as a table."""
    table = Table(title=title, title_justify="left", title_style="bold", caption=caption)
    table.caption_justify = "left"
    for column in columns:
        table.add_column(column, no_wrap=True, min_width=10 if column == columns[0] else None)
    for record in records[:SHOWN_ROWS]:
        table.add_row(*(cell(getattr(record, column)) for column in columns))
    console.print(table)
    console.print()


def cell(value: object) -> str:
    """Show one value as a person likes to read it."""
    if value is None:
        return "–"
    label = getattr(value, "label", None)
    if label is not None:
        return str(label)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(" ", "seconds") if value.tzinfo else str(value)
    return str(value)


if __name__ == "__main__":
    main()
