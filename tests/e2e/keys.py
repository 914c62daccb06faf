# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""Where the program may find its key: one function a source that puts a key there and says what that takes, in the
order in which the program looks."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from standin.tc3 import Key

WRONG = Key("AKID" + "0" * 32, "x" * 40)     # the stand-in has never heard of it

# The machine's own /etc might hold a key; this one is made by a test and seen by nobody else.
REPLACE_ETC = 'mount=$1 etc=$2; shift 2; "$mount" --bind "$etc" /etc && exec "$@"'


def ini(key, profile="default"):
    lines = ["[%s]" % profile, "secret_id = " + key.secret_id, "secret_key = " + key.secret_key]
    return "\n".join(lines + ["token = " + key.token] * bool(key.token)) + "\n"


def tccli(key, **more):
    document = {"secretId": key.secret_id, "secretKey": key.secret_key, "token": key.token or None}
    return json.dumps(dict(document, **more))


def environment(key):
    return dict({"TENCENTCLOUD_SECRET_ID": key.secret_id, "TENCENTCLOUD_SECRET_KEY": key.secret_key},
                **({"TENCENTCLOUD_TOKEN": key.token} if key.token else {}))


def shown(key):
    return key.secret_id[:4] + ".." + key.secret_id[-4:]


def private_etc_command():
    """How to get a /etc of one's own here, as root or as root of a user namespace; None if neither works."""
    unshare, mount = shutil.which("unshare"), shutil.which("mount")
    for flags in (["-m"], ["-U", "-r", "-m"]) if unshare and mount else ():
        trial = [unshare] + flags + [mount, "--bind", "/etc", "/etc"]
        if subprocess.run(trial, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            return [unshare] + flags + ["/bin/sh", "-c", REPLACE_ETC, "sh", mount]
    return None


class Places:
    """A home and a /etc for one test. Each source returns (options, environment, what -v says of it)."""

    def __init__(self, folder):
        self.folder, self.home, self.etc = folder, folder / "home", folder / "etc"
        for path in (self.home / ".tencentcloud", self.home / ".tccli", self.etc / "tencentcloud"):
            path.mkdir(parents=True)
        (self.etc / "hosts").write_text("127.0.0.1 localhost\n")
        (self.etc / "nsswitch.conf").write_text("passwd: files\nhosts: files\n")
        (self.etc / "passwd").write_text("me:x:%d:0::%s:/bin/sh\nroot:x:0:0::%s:/bin/sh\n"
                                         % (os.getuid(), self.home, self.home))
        self.env = {"HOME": str(self.home)}

    def write(self, path, text, mode=0o600):
        path = self.folder / path
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)
        return str(path)

    def option_ini(self, key):
        path = self.write("option", ini(key))
        return ["--credentials-file", path], {}, path + ", profile default"

    def option_json(self, key):
        path = self.write("option", tccli(key))
        return ["--credentials-file", path], {}, path

    def variables(self, key):
        return [], environment(key), "the environment (TENCENTCLOUD_SECRET_ID)"

    def variable_file(self, key):
        path = self.write("variable", ini(key))
        return [], {"TENCENTCLOUD_CREDENTIALS_FILE": path}, path + ", profile default"

    def home_file(self, key):
        return [], {}, self.write("home/.tencentcloud/credentials", ini(key)) + ", profile default"

    def system_file(self, key):
        self.write("etc/tencentcloud/credentials", ini(key))
        return [], {}, "/etc/tencentcloud/credentials, profile default"

    def tccli_file(self, key):
        return [], {}, self.write("home/.tccli/default.credential", tccli(key, expiresAt=2 ** 32))


SOURCES = ["option_ini", "variables", "variable_file", "home_file", "system_file", "tccli_file"]


def blame(path):
    """Folders above path that others cannot search, for tests that run the program as somebody else."""
    return [folder for folder in Path(path).resolve().parents if not folder.stat().st_mode & 0o001]
