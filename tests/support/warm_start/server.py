"""Forks processes of the program for clients, until its standard input ends.

python -m support.warm_start.server SOCKET
"""

import atexit
import contextlib
import gc
import importlib
import io
import os
import pkgutil
import selectors
import signal
import socket
import sys
import threading
from typing import NoReturn

import pullquote
import pullquote_bot
import pullquote_index
from pullquote_bot import __main__ as program

_LIBRARIES = ("discord", "faiss", "onnxruntime", "prompt_toolkit", "tantivy", "tokenizers")
"""What the program imports late."""
_NEVER = ("pullquote_index.model_export",)
"""What imports PyTorch, which few commands need."""


class _Forked(Exception):
    """This process is a fork: it leaves the server, and runs the program."""


def main() -> None:
    """Serve until standard input ends."""
    _import_program()
    gc.collect()
    gc.freeze()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(sys.argv[1])
    listening.listen(16)
    try:
        _Server(listening).run()
    except _Forked:
        _end(_status())


def _status() -> int:
    """Run the program, as its console script does. Returns its exit status."""
    try:
        return program.main()
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 0 if exit_.code is None else 1


def _end(status: int) -> NoReturn:
    """End this process as the interpreter does, but without taking all that was imported apart."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def _import_program() -> None:
    for package in (pullquote, pullquote_index, pullquote_bot):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(("__main__", "worker")) and not module.name.startswith(
                _NEVER
            ):
                importlib.import_module(module.name)
    for library in _LIBRARIES:
        importlib.import_module(library)


class _Server:
    """Takes requests on a socket; each is a process."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self._clients: dict[int, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(listening, selectors.EVENT_READ)
        self._selector.register(0, selectors.EVENT_READ)
        # A process that ends wakes the selector.
        self._ended, wakeup = socket.socketpair()
        self._ended.setblocking(False)
        wakeup.setblocking(False)
        self._selector.register(self._ended, selectors.EVENT_READ)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakeup.fileno())
        self._wakeup = wakeup

    def run(self) -> None:
        """Serve until standard input ends.

        Raises:
            _Forked: in each process that was forked.
        """
        while True:
            for key, _ in self._selector.select():
                if key.fileobj == 0:
                    self._kill_all()
                    return
                if key.fileobj is self._listening:
                    self._start(self._listening.accept()[0])
                elif key.fileobj is self._ended:
                    self._ended.recv(4096)
                    self._tell_ended()
                else:  # a client was killed, and its process with it
                    self._selector.unregister(key.fileobj)
                    os.kill(key.data, signal.SIGKILL)

    def _start(self, client: socket.socket) -> None:
        head, streams, _, _ = socket.recv_fds(client, 4, 3)
        size = int.from_bytes(head, "little")
        request = b""
        while len(request) < size and (part := client.recv(size - len(request))):
            request += part
        if not (process := os.fork()):
            self._become(request, streams)
        for stream in streams:
            os.close(stream)
        client.sendall(process.to_bytes(4, "little"))
        self._clients[process] = client
        self._selector.register(client, selectors.EVENT_READ, process)

    def _become(self, request: bytes, streams: list[int]) -> None:
        """Make this process what was asked for.

        Raises:
            _Forked: always.
        """
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for client in (*self._clients.values(), self._listening, self._ended, self._wakeup):
            client.close()
        self._selector.close()
        folder, count, *strings = map(os.fsdecode, request.split(b"\0"))
        os.chdir(folder)
        sys.argv = ["pullquote", *strings[: int(count)]]
        os.environ.clear()
        os.environ.update(
            (name, value)
            for name, _, value in (string.partition("=") for string in strings[int(count) :])
        )
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(
                open(number, mode, closefd=False),  # noqa: SIM115 - a descriptor
                encoding="utf-8",
                errors="surrogateescape",
                line_buffering=number == 2 or os.isatty(number),
            )
            for number, mode in ((0, "rb"), (1, "wb"), (2, "wb"))
        )
        raise _Forked

    def _tell_ended(self) -> None:
        while self._clients:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            client = self._clients.pop(process)
            if client.fileno() in self._selector.get_map():
                self._selector.unregister(client)
            code = os.waitstatus_to_exitcode(status)
            with contextlib.suppress(OSError), client:  # a client that was killed reads nothing
                client.sendall(code.to_bytes(4, "little", signed=True))

    def _kill_all(self) -> None:
        for process in self._clients:
            os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    main()
