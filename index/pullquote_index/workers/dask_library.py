"""Dask: its scheduler and its workers. The one module that imports distributed."""

from __future__ import annotations

import contextlib
import importlib.metadata
import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from pullquote.errors import PullquoteError, WorkersError
from pullquote.late_library import LateLibrary

if TYPE_CHECKING:
    import dask
    import distributed
else:
    dask, distributed = LateLibrary("dask"), LateLibrary("distributed")

_LOOPBACK = "127.0.0.1"
_CONNECT_SECONDS = 10.0
"""The time for connecting to the scheduler, and for its first worker to appear."""
_START_SECONDS = "300s"
"""The time for local workers to start, on a busy machine."""
_CONFIGURATION = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.comm.timeouts.connect": _START_SECONDS,
}
"""Of local workers: nothing is shown in a browser."""
INSTALL = 'Install it on all machines with: pip install "pullquote[dask]"'
SAME_VERSIONS = "Install the same versions on the scheduler, the workers and here"
_GO_ON = "What was embedded is kept, and the next build goes on from there"

Result = TypeVar("Result")


class DaskWorkers:
    """Workers behind a scheduler.

    Attributes:
        name: what errors call them.
    """

    def __init__(self, client: distributed.Client, name: str) -> None:
        self._client = client
        self.name = name

    def threads(self) -> int:
        """The number of calls that the workers can do at a time; 0 if there are no workers.

        Raises:
            WorkersError: the scheduler is lost.
        """
        with self._errors():
            return sum(self._client.nthreads().values())

    def call_all(
        self,
        function: Callable[..., Result],
        *arguments: object,
        workers: list[str] | None = None,
    ) -> dict[str, Result]:
        """The results of a function on each worker, by the worker's address.

        Args:
            function: a function of a module that the workers can import.
            arguments: its arguments.
            workers: the addresses of the workers; None means all.

        Raises:
            WorkersError: a worker cannot call it, or the scheduler is lost.
        """
        with self._errors():
            # A worker that ends meanwhile is none any more.
            found = self._client.run(function, *arguments, workers=workers, on_error="return")
            results = {}
            for worker, result in found.items():
                if isinstance(result, OSError):
                    continue
                if isinstance(result, Exception):
                    raise result
                results[worker] = result
            return results

    def start(
        self, function: Callable[..., Result], argument: object, done: Callable[[Any], object]
    ) -> distributed.Future[Result]:
        """Have one worker call a function. If it ends meanwhile, another one calls it.

        Args:
            function: a function of a module that the workers can import.
            argument: its argument.
            done: gets the returned future when there is a result, in another thread.

        Raises:
            WorkersError: the scheduler is lost.
        """
        with self._errors():
            future = self._client.submit(function, argument, pure=False)
            future.add_done_callback(done)
            return future

    def result(self, future: distributed.Future[Result]) -> Result:
        """The result of a call that has ended, or the error that the function raised.

        Raises:
            WorkersError: no worker could call it, or the scheduler is lost.
        """
        with self._errors():
            return future.result()

    def wait_for_one(self) -> None:
        """Wait until there is a worker.

        Raises:
            WorkersError: there is none.
        """
        with self._errors():
            try:
                self._client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
            except TimeoutError as error:
                raise WorkersError(
                    "the scheduler has no workers",
                    where=self.name,
                    mend=f"Start one with: dask worker {self.name}",
                ) from error

    def versions(self, package: str) -> dict[str, str]:
        """The version of a package that the scheduler and each worker have, by their names.

        It is empty where they do not have the package.
        """
        # The function is Python's own, which a process without pullquote finds, too.
        version = importlib.metadata.version
        with self._errors():
            try:
                found = {"the scheduler": self._client.run_on_scheduler(version, package)}
            except importlib.metadata.PackageNotFoundError:
                found = {"the scheduler": ""}
            for worker, result in self._client.run(version, package, on_error="return").items():
                found[f"the worker {worker}"] = result if isinstance(result, str) else ""
            return found

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn what Dask raises into `WorkersError`; errors of functions pass."""
        try:
            yield
        except PullquoteError as error:
            error.where = error.where or self.name
            raise
        except distributed.KilledWorker as error:
            raise WorkersError(
                "several workers ended while they embedded the same passages",
                where=self.name,
                mend=f"Look whether they have enough memory. {_GO_ON}",
            ) from error
        except (OSError, distributed.CancelledError) as error:
            raise WorkersError("the scheduler is lost", where=self.name, mend=_GO_ON) from error
        except (ImportError, AttributeError, RuntimeError) as error:
            raise WorkersError(
                f"cannot call this version of pullquote ({_first_line(error)})",
                where=self.name,
                mend=SAME_VERSIONS,
            ) from error


@contextlib.contextmanager
def local_workers(count: int) -> Iterator[DaskWorkers]:
    """Start worker processes on this machine, and end them.

    They listen on loopback and encrypt with keys of their own, because who speaks to a scheduler
    can run programs.

    Raises:
        WorkersError: they cannot be started.
    """
    name = f"{count} local worker{'s' if count > 1 else ''}"
    with contextlib.ExitStack() as stack:
        with _start_errors(name, "See whether the machine has memory and ports left"):
            stack.enter_context(_quiet_log())
            stack.enter_context(dask.config.set(_CONFIGURATION))
            cluster = stack.enter_context(
                distributed.LocalCluster(
                    n_workers=count,
                    threads_per_worker=1,
                    processes=True,
                    host=_LOOPBACK,
                    security=True,
                    dashboard_address=f"{_LOOPBACK}:0",
                    scheduler_kwargs={"dashboard": False},
                    silence_logs=logging.CRITICAL,
                    memory_limit=0,  # a worker has one encoder and two batches
                )
            )
            client = stack.enter_context(
                distributed.Client(cluster, timeout=_START_SECONDS, set_as_default=False)
            )
        yield DaskWorkers(client, name)


@contextlib.contextmanager
def remote_workers(address: str) -> Iterator[DaskWorkers]:
    """Connect to a scheduler. Keys for tls:// come from Dask's own configuration.

    Raises:
        WorkersError: it cannot be reached.
    """
    with contextlib.ExitStack() as stack:
        with _start_errors(address, "Start a scheduler with: dask scheduler"):
            stack.enter_context(_quiet_log())
            client = stack.enter_context(
                distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
            )
        yield DaskWorkers(client, address)


@contextlib.contextmanager
def _start_errors(name: str, mend: str) -> Iterator[None]:
    """Turn what is raised before there is a connection into `WorkersError`."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise WorkersError(f"the library {error.name} is missing", mend=INSTALL) from error
    except (OSError, RuntimeError, TypeError, ValueError) as error:
        raise WorkersError(
            f"cannot be reached ({_first_line(error)})", where=name, mend=mend
        ) from error


@contextlib.contextmanager
def _quiet_log() -> Iterator[None]:
    """Keep Dask's log of workers that come and go off the terminal; it raises what matters."""
    log = logging.getLogger(distributed.__name__)  # importing it sets levels of its own
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
