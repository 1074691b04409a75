"""Stands for the program: has a process forked, passes signals to it, and ends as it ends.

    python -I -S client.py SOCKET WORDS…

It imports little, because it runs at each start.
"""

import _socket
import os
import signal
import sys
from array import array
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    """Run the program to its end."""
    server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    server.connect(sys.argv[1])
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    # pathlib takes as long to import as all of this.
    strings = [
        os.getcwd(),  # noqa: PTH109
        str(len(sys.argv) - 2),
        *sys.argv[2:],
    ]
    strings += [f"{name}={value}" for name, value in os.environ.items()]
    request = b"\0".join(map(os.fsencode, strings))
    streams = array("i", [0, 1, 2]).tobytes()
    rights = [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)]
    server.sendmsg([len(request).to_bytes(4, "little")], rights)
    server.sendall(request)
    process = int.from_bytes(server.recv(4), "little")

    def forward(number: int, _frame: FrameType | None) -> None:
        os.kill(process, number)

    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, forward)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    status = int.from_bytes(server.recv(4), "little", signed=True)
    if status < 0:  # a signal ended it
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    os._exit(status)


main()
