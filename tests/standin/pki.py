# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A certificate authority for one test session, made with the openssl command: root, intermediate, leaf.

The good leaf is valid for every name under which tests reach a stand-in. Each VARIANT spoils one thing only, so that a
test which uses it can fail for that one reason.
"""

import os
import subprocess
import threading
import time
from typing import NamedTuple

NAMES = ("DNS:localhost", "DNS:cwp.intl.tencentcloudapi.com", "IP:127.0.0.1", "IP:::1")

# Dates are absolute (openssl's -startdate), far enough from today to be independent of it; "month" is around today.
OVER = {"start": "20200101000000Z", "end": "20210101000000Z"}
VARIANTS = {
    "good": {},
    "month": {"days": 30},
    "expired": OVER,
    "not yet valid": {"start": "20490101000000Z", "end": "20500101000000Z"},
    "wrong host": {"names": ("DNS:other.example", "IP:192.0.2.1")},
    "nearly the host": {"names": ("DNS:localhost.example", "DNS:xcwp.intl.tencentcloudapi.com", "DNS:*.localhost",
                                  "DNS:*.tencentcloudapi.com")},
    "other ca": {"issuer": "stranger"},
    "self-signed": {"issuer": None},
    "no intermediate": {"chain": False},
    "expired intermediate": {"issuer": "stale"},
    "signed by a leaf": {"issuer": "good"},
    "for clients": {"usage": "clientAuth"},
    "SHA-1": {"digest": "sha1"},
    "SHA-1 intermediate": {"issuer": "sha1"},
    "weak key": {"key": "rsa:1024"},
    "weak intermediate": {"issuer": "weak"},
}
GOOD = ("good", "month")        # the others must be refused

AUTHORITIES = {
    "root": {"issuer": None},
    "intermediate": {"issuer": "root"},
    "stranger": {"issuer": None},
    "stale": dict(OVER, issuer="root"),
    "sha1": {"issuer": "root", "digest": "sha1"},
    "weak": {"issuer": "root", "key": "rsa:1024"},
}

# One configuration for "openssl ca", the only openssl 1.1 to 3.x command that takes a start date.
CONFIG = """
[ca]
default_ca = this
[this]
database = {folder}/index
new_certs_dir = {folder}
rand_serial = yes
default_md = {digest}
policy = any
unique_subject = no
x509_extensions = extensions
[any]
commonName = supplied
[extensions]
{extensions}
"""

AUTHORITY = "basicConstraints = critical, CA:true\nkeyUsage = critical, keyCertSign, cRLSign\n"
LEAF = "basicConstraints = critical, CA:false\nextendedKeyUsage = {usage}\nsubjectAltName = {names}"
ALWAYS = ("20200101000000Z", "20500101000000Z")


class Identity(NamedTuple):
    """What a TLS server needs; paths, because ssl.SSLContext takes paths."""
    chain: str
    key: str


class Pki:
    def __init__(self, folder, rsa=False):
        """rsa: keys as large web sites have them, which are slow to make; see tests/bench."""
        self.folder, self.rsa = str(folder), rsa
        self._made = {}
        self._lock = threading.Lock()
        self._authorities = set()
        self._authority("intermediate")
        self.root = self._path("root", "pem")

    def identity(self, variant="good"):
        with self._lock:
            return self._identity(variant)

    def _identity(self, variant):
        if variant not in self._made:
            self._made[variant] = self._leaf(variant.replace(" ", "-"), **VARIANTS[variant])
        return self._made[variant]

    def hashed_folder(self, folder):
        """A folder in the form of --ca-path and SSL_CERT_DIR, holding the root."""
        os.makedirs(folder)
        self.add_hashed(folder)
        return str(folder)

    def add_hashed(self, folder):
        digest = self._openssl("x509", "-hash", "-noout", "-in", self.root).strip()
        with open(self.root, "rb") as source, open(os.path.join(folder, digest + ".0"), "wb") as copy:
            copy.write(source.read())

    def _path(self, name, kind):
        return os.path.join(self.folder, "%s.%s" % (name, kind))

    def _openssl(self, *args):
        done = subprocess.run(("openssl",) + args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, universal_newlines=True)
        if done.returncode != 0:
            raise RuntimeError("openssl %s: %s" % (" ".join(args), done.stderr))
        return done.stdout

    def _issue(self, name, common_name, extensions, issuer, start=ALWAYS[0], end=ALWAYS[1], days=0, digest="sha256",
               key=None):
        """days: valid from so long ago until so long ahead, instead of start and end."""
        if days:
            start, end = (time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + 86400 * shift))
                          for shift in (-days, days))
        secret, request, cert = (self._path(name, kind) for kind in ("key", "csr", "pem"))
        config, index = self._path(name, "cnf"), self._path("index", name)
        os.makedirs(index)
        with open(os.path.join(index, "index"), "w"):
            pass
        with open(config, "w") as file:
            file.write(CONFIG.format(folder=index, extensions=extensions, digest=digest))
        self._openssl("req", "-new", *self._new_key(issuer, key), "-nodes", "-batch", "-subj", "/CN=" + common_name,
                      "-keyout", secret, "-out", request)
        by = ["-cert", self._path(issuer, "pem"), "-keyfile", self._path(issuer, "key")] if issuer \
            else ["-selfsign", "-keyfile", secret]
        self._openssl("ca", "-batch", "-notext", "-config", config, "-in", request, "-out", cert,
                      "-startdate", start, "-enddate", end, *by)

    def _new_key(self, issuer, kind):
        kind = kind or ("ec" if not self.rsa else "rsa:2048" if issuer else "rsa:4096")
        return ["-newkey", kind] + ["-pkeyopt", "ec_paramgen_curve:P-256"] * (kind == "ec")

    def _authority(self, name):
        """Once each, with those above it."""
        if name in self._authorities:
            return
        self._authorities.add(name)
        issuer = AUTHORITIES[name]["issuer"]
        if issuer:
            self._authority(issuer)
        self._issue(name, "CWP stand-in " + name, AUTHORITY, **AUTHORITIES[name])

    def _leaf(self, name, names=NAMES, issuer="intermediate", chain=True, usage="serverAuth", **how):
        if issuer in AUTHORITIES:
            self._authority(issuer)
        elif issuer:
            self._identity(issuer)
        self._issue(name, names[0].split(":", 1)[1], LEAF.format(usage=usage, names=", ".join(names)), issuer, **how)
        bundle = self._path(name, "chain")
        with open(bundle, "w") as out:
            for link in [name] + (self._links(issuer) if chain else []):
                with open(self._path(link, "pem")) as cert:
                    out.write(cert.read())
        return Identity(bundle, self._path(name, "key"))

    def _links(self, issuer):
        """What a server sends beside its own certificate: no roots."""
        if not issuer or AUTHORITIES.get(issuer, {"issuer": "intermediate"})["issuer"] is None:
            return []
        return [issuer] + self._links(AUTHORITIES.get(issuer, {"issuer": "intermediate"})["issuer"])
