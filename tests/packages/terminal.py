# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A program at a terminal of its own: type, and read what it shows."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time


class Terminal:
    def __init__(self, command, env, cwd):
        self.shown = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                # So wide that no line is ever broken or scrolled.
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 2000, 0, 0))
                os.chdir(cwd)
                os.execvpe(command[0], command, env)
            finally:
                os._exit(127)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def read_until(self, mark, seconds=20):
        """All up to and with the mark; what follows it stays for the next call."""
        end = time.monotonic() + seconds
        while mark not in self.shown:
            ready, _, _ = select.select([self.fd], [], [], max(0, end - time.monotonic()))
            assert ready, "%r was not shown, but %r" % (mark, self.shown)
            self.shown += os.read(self.fd, 65536).decode(errors="replace")
        found, self.shown = self.shown.split(mark, 1)
        return found
