# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A private network on Linux: loopback and nothing else, with names, resolver and trust store of its own.

A holder process (this file, run as a program under unshare) keeps a network and a mount namespace alive. It makes
sockets in there and hands them out, so that stand-ins stay threads of the test process with all their records at hand,
while the program under test runs inside through nsenter. All ports are free in there, 443 and 80 included.
"""

import contextlib
import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys

HOSTS = "127.0.0.1 localhost\n::1 localhost\n127.0.0.1 cwp.intl.tencentcloudapi.com metadata.tencentyun.com\n"
RESOLVER = "nameserver 127.0.0.1\n"
# Only these two sources of names: others (a system-wide resolver's socket) would reach out of the namespace.
SWITCH = "passwd: files\ngroup: files\nhosts: files dns\n"
TRUST = "/etc/ssl/certs"
BUNDLE = "ca-certificates.crt"


def unshare_command():
    """How to get new namespaces here: as root, or as root of a user namespace; None if neither works."""
    if not shutil.which("unshare") or not shutil.which("nsenter"):
        return None
    for flags in (["-n", "-m"], ["-U", "-r", "-n", "-m"]):
        trial = ["unshare"] + flags + ["mount", "--bind", "/etc/hosts", "/etc/hosts"]
        if subprocess.run(trial, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            return ["unshare"] + flags
    return None


class Network:
    """Use it in a with statement."""

    def __init__(self, folder, pki, unshare):
        self.folder, self.pki, self.unshare = str(folder), pki, unshare

    def __enter__(self):
        self.hosts(HOSTS)
        self.resolver(RESOLVER)
        self._write("nsswitch.conf", SWITCH)
        self._trust_store()
        mounts = [[os.path.join(self.folder, name), place] for name, place in (
            ("hosts", "/etc/hosts"), ("resolv.conf", "/etc/resolv.conf"), ("nsswitch.conf", "/etc/nsswitch.conf"),
            ("certs", TRUST)) if os.path.exists(place)]
        self._control, theirs = socket.socketpair()
        with theirs:
            program = [sys.executable, "-S", os.path.abspath(__file__), str(theirs.fileno())]
            self._holder = subprocess.Popen(self.unshare + program, pass_fds=[theirs.fileno()],
                                            stdin=subprocess.DEVNULL)
        self._ask(mount=mounts)
        return self

    def __exit__(self, *_):
        self._control.close()       # the holder ends at end of file, and with it the namespaces
        self._holder.wait(10)

    def hosts(self, text):
        """Change /etc/hosts in there: written in place, because the bind mount follows the file, not its name."""
        self._write("hosts", text)

    def resolver(self, text):
        self._write("resolv.conf", text)

    def listen(self, address, port, backlog=128):
        """A listening TCP socket of the private network."""
        return socket.socket(fileno=self._ask(listen=[address, port, backlog])[0])

    def datagram(self, address, port):
        """A bound UDP socket of the private network."""
        return socket.socket(fileno=self._ask(datagram=[address, port])[0])

    @contextlib.contextmanager
    def black_hole(self, address, port):
        """A listening TCP socket that lets no SYN in, because its queue is full: no packet ever comes back."""
        sockets = [socket.socket(fileno=handle) for handle in self._ask(hole=[address, port])]
        yield
        for sock in reversed(sockets):      # at last the listening one: a filler that still tries must find nobody else
            sock.close()

    def tunnel(self, name):
        """The descriptor of a TUN device of the private network; see wire.py."""
        return self._ask(tunnel=[name])[0]

    def run(self, *command, text=None):
        """Run a command of the system in there."""
        subprocess.run(self.prefix() + list(command), input=text, check=True, universal_newlines=True)

    def sysctl(self, path, text):
        self._ask(write=["/proc/sys/" + path, text])

    def prefix(self):
        """What to put before a command to run it inside. No extra process: nsenter becomes the command."""
        users = ["-U", "--preserve-credentials"] if "-U" in self.unshare else []
        return ["nsenter", "-t", str(self._holder.pid)] + users + ["-n", "-m", "--"]

    def _write(self, name, text):
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(text)

    def _trust_store(self):
        """The system's store plus the test root, in both of its forms: bundle and hashed folder."""
        store = os.path.join(self.folder, "certs")
        if os.path.isdir(TRUST):
            shutil.copytree(TRUST, store, symlinks=True)
        else:
            os.makedirs(store)
        self.pki.add_hashed(store)
        with open(os.path.join(store, BUNDLE), "a") as bundle, open(self.pki.root) as root:
            bundle.write(root.read())

    def _ask(self, **order):
        self._control.sendall(json.dumps(order).encode() + b"\n")
        reply, handles, _, _ = socket.recv_fds(self._control, 4096, 8)
        if reply != b"done":
            raise OSError("%r: %s" % (order, reply.decode() or "the holder of the namespace ended"))
        return handles


# ---- The holder: everything below runs inside the namespaces ----


def loopback_up():
    set_flags, up = 0x8914, 0x1         # SIOCSIFFLAGS, IFF_UP of <linux/if.h>
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sH14x", b"lo", up))


def make_socket(kind, address, port, backlog=0):
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, kind)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if ":" in address:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    sock.bind((address, port))
    if kind == socket.SOCK_STREAM:
        sock.listen(backlog)
    return sock


def make_hole(address, port):
    """A listening socket, and what takes all places in its queue."""
    sockets = [make_socket(socket.SOCK_STREAM, address, port)]
    for _ in range(4):
        sockets.append(socket.socket(sockets[0].family))
        sockets[-1].setblocking(False)
        sockets[-1].connect_ex(sockets[0].getsockname())
    return sockets


def make_tunnel(name):
    set_interface, tun, no_information = 0x400454ca, 0x1, 0x1000     # TUNSETIFF, IFF_TUN, IFF_NO_PI of <linux/if_tun.h>
    device = open("/dev/net/tun", "r+b", buffering=0)
    fcntl.ioctl(device, set_interface, struct.pack("16sH14x", name.encode(), tun | no_information))
    return device


def obey(order):
    """What is made is handed out: a list of things with a descriptor."""
    if "mount" in order:
        loopback_up()
        for source, place in order["mount"]:
            subprocess.run(["mount", "--bind", source, place], check=True)
    elif "listen" in order:
        return [make_socket(socket.SOCK_STREAM, *order["listen"])]
    elif "datagram" in order:
        return [make_socket(socket.SOCK_DGRAM, *order["datagram"])]
    elif "hole" in order:
        return make_hole(*order["hole"])
    elif "tunnel" in order:
        return [make_tunnel(*order["tunnel"])]
    elif "write" in order:
        path, text = order["write"]
        with open(path, "w") as file:
            file.write(text)
    return []


def hold(control):
    for line in control.makefile("rb"):
        try:
            made = obey(json.loads(line))
        except (OSError, subprocess.CalledProcessError) as why:
            control.sendall(str(why).encode() or b"failed")
            continue
        socket.send_fds(control, [b"done"], [thing.fileno() for thing in made])
        for thing in made:
            thing.close()


if __name__ == "__main__":
    hold(socket.socket(fileno=int(sys.argv[1])))
