"""Checks that workers would embed as this process does."""

from __future__ import annotations

from importlib.metadata import version

from pullquote.errors import WorkersError
from pullquote_index.workers.dask_library import INSTALL, SAME_VERSIONS, DaskWorkers
from pullquote_index.workers.worker_identity import this_identity

_PACKAGE = "pullquote"


def check_workers(workers: DaskWorkers) -> None:
    """Check that scheduler and workers have the versions and the processor of this process.

    Raises:
        WorkersError: they have not, or there is no worker.
    """
    workers.wait_for_one()
    here = version(_PACKAGE)
    for place, there in workers.versions(_PACKAGE).items():
        if not there:
            raise WorkersError(f"{place} has no {_PACKAGE}", where=workers.name, mend=INSTALL)
        if there != here:
            raise WorkersError(
                f"{place} has {_PACKAGE} {there}, this process {here}",
                where=workers.name,
                mend=SAME_VERSIONS,
            )
    for worker, identity in workers.call_all(this_identity).items():
        if difference := this_identity().difference(identity):
            what, mend = difference
            raise WorkersError(f"the worker {worker} {what}", where=workers.name, mend=mend)
