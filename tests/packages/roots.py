# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Root folders of other distributions, fresh from the mirror that this machine itself uses, and commands within them.

A command runs in namespaces of its own for processes and mounts, so that nothing stays mounted or running; the network
is that of this machine, and with it loopback.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"

# No service starts in a root folder.
POLICY = "#!/bin/sh\nexit 101\n"

MOUNT = """\
mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && mount -t tmpfs tmpfs "$0/tmp" && chmod 1777 "$0/tmp" &&
"""
ENTER = MOUNT + 'exec chroot "$0" "$@"'
BESIDE = MOUNT + 'exec "$@"'
NAMESPACES = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--ipc", "--uts"]


def mirror():
    """Where apt of this machine gets Debian from: asked, not known."""
    found = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages",
                            "Origin: Debian", "Component: main"], stdout=subprocess.PIPE, text=True, check=False)
    lines = [line.split() for line in found.stdout.splitlines()]
    return next((uri.rstrip("/") + "/" for uri, codename in lines if "-" not in codename), None)


def has_suite(uri, suite):
    """Asked by apt's own means, so that whatever it needs to reach its mirror holds here too."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        return subprocess.run(["/usr/lib/apt/apt-helper", "download-file", "%sdists/%s/InRelease" % (uri, suite),
                               folder + "/InRelease"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              check=False).returncode == 0


def why_not(suite):
    """Why no root folder of that suite can be made here, or None."""
    if os.getuid() != 0:
        return "needs root, for chroot and mounts"
    if not shutil.which("mmdebstrap"):
        return "not installed: mmdebstrap"
    uri = mirror()
    if not uri:
        return "apt has no Debian mirror"
    if not has_suite(uri, suite):
        return "the mirror has no " + suite
    return None


def spoken(lead, command):
    done = subprocess.run(lead + [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


class Root:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    @classmethod
    def made(cls, folder, suite, architecture=None):
        source = "deb [signed-by=%s] %s %s main" % (KEYRING, mirror(), suite)
        # It need not survive a power cut.
        command = ["mmdebstrap", "--quiet", "--variant=apt", "--mode=root", "--skip=cleanup/apt/lists",
                   "--dpkgopt=force-unsafe-io"]
        command += ["--architectures=" + architecture] if architecture else []
        done = subprocess.run(command + [suite, str(folder), source], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        assert done.returncode == 0, done.stdout
        root = cls(folder)
        root.write("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n")
        root.write("/usr/sbin/policy-rc.d", POLICY, 0o755)
        root.write("/etc/apt/apt.conf.d/no-translations", 'Acquire::Languages "none";\n')
        return root

    def copy(self, folder):
        subprocess.run(["cp", "-a", self.folder, folder], check=True)
        return Root(folder)

    def path(self, name):
        return self.folder / str(name).lstrip("/")

    def write(self, name, text, mode=0o644):
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)

    def put(self, file, folder="/srv"):
        """Copies a file or folder of this machine into the root; its name there."""
        self.path(folder).mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-R", file, self.path(folder)], check=True)
        return "%s/%s" % (folder, pathlib.PurePath(file).name)

    def try_run(self, *command, user=None, cwd="/", env=None):
        """The exit status and the output, standard error included."""
        lead = [*NAMESPACES, "sh", "-c", ENTER, str(self.folder), "env", "-C", cwd, "-i",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
                "HOME=" + ("/nonexistent" if user else "/root"), "DEBIAN_FRONTEND=noninteractive"]
        lead += ["%s=%s" % item for item in (env or {}).items()]
        if user:
            lead += ["setpriv", "--reuid=" + user, "--regid=nogroup", "--clear-groups"]
        return spoken(lead, command)

    def try_beside(self, *command):
        """The same of a command of this machine that works on the root from outside."""
        return spoken([*NAMESPACES, "sh", "-c", BESIDE, str(self.folder)], command)

    def run(self, *command, status=0, **how):
        """The output of a command that must end with that status."""
        got, out = self.try_run(*command, **how)
        assert got == status, "%s\nexit %d\n%s" % (" ".join(map(str, command)), got, out[-8000:])
        return out

    def install(self, *packages, options=()):
        return self.run("apt-get", "install", "-qqy", "--no-install-recommends", *options, *packages)

    def build_dependencies(self, tree, profiles=None):
        """Copies a source tree into the root, for nobody, and installs what debian/control names; its place there."""
        source = self.put(tree, "/srv/build")
        control = self.put(self.path(source) / "packaging/debian", "/srv/needs")
        self.run("apt-get", "build-dep", "-qqy", "--no-install-recommends", control.rpartition("/")[0], env=profiles)
        self.run("chown", "-R", "nobody", "/srv/build")
        return source

    def tree(self):
        """Every path in it, but those where apt and dpkg keep their own records."""
        records = ("/var/cache/", "/var/lib/apt/", "/var/lib/dpkg/", "/var/log/", "/tmp/", "/run/", "/dev/", "/proc/")
        found = set()
        for folder, folders, files in os.walk(self.folder):
            inside = "/" + os.path.relpath(folder, self.folder) if folder != str(self.folder) else ""
            found |= {inside + "/" + name for name in folders + files}
        return {path for path in found if not path.startswith(records)}
