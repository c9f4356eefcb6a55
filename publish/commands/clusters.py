"""A cluster that a command is given the address of."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from publish.ground.problems import Unmakeable, problem

if TYPE_CHECKING:
    from publish.catalogue.cluster import Cluster

_ADDRESS = re.compile(r"(tcp|tls)://[\w.:\[\]-]+:\d{1,5}")


def takes_scheduler(parser: argparse.ArgumentParser, what: str) -> None:
    """Let a verb be told of a cluster; `what` is done there."""
    parser.add_argument(
        "--scheduler", type=_address, default=None, metavar="ADDRESS",
        help=f"{what} on a cluster of Dask: tcp://machine:8786",
    )  # fmt: skip


def cluster_at(address: str) -> Cluster:
    """Return a cluster; raises `Unmakeable` where what reaches it is not installed."""
    try:
        from publish.catalogue.cluster import Cluster
    except ModuleNotFoundError as error:
        advice = "Install it where Katern is: pip install 'katern[cluster]'."
        facts = {"reason": f"{error.name} is not installed", "advice": advice}
        raise Unmakeable(problem("K757", None, address=address, **facts)) from error
    return Cluster(address)


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no address: tcp://machine:8786")
    return text
