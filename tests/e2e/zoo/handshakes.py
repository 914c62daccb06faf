# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""TLS."""

import contextlib
import ssl
import subprocess
import threading
import warnings

import pytest

from standin.answers import document
from standin.script import HEARD, close, drip, head, reply, send, wait
from standin.shaky import alert, beneath, dripped, first_bytes, half_close, hears, spoiled

from .row import ACCEPTED, CUT_OFF, Row
from .scenes import api

WHOLE = document()
FAILED = "the TLS handshake with"
UNTRUSTED = "is signed by an authority that this host does not trust"
STRANGER = {"says": UNTRUSTED}
LATE = ("-t", "1")
HANDSHAKE = "(stage: TLS handshake)"


def certificate(variant, says, **more):
    return Row("certificate: " + variant, api(identity=variant), "tls", says, **more)


def weak(variant, **more):
    """The distribution's OpenSSL refuses these, by its level of security; older ones had another level."""
    def level(_):
        if ssl.create_default_context().security_level < 2:
            pytest.skip("this OpenSSL accepts weak certificates by default")
    return Row("certificate: " + variant, api(identity=variant, tune=level), "tls", "cannot be trusted", **more)


def broken(name, *steps, says=FAILED, may_pass=True):
    return Row(name, api(list(steps)), "tls", says, may_pass=may_pass)


def only(version):
    def tune(context):
        with warnings.catch_warnings():             # old versions are the point
            warnings.simplefilter("ignore", DeprecationWarning)
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = version
    return tune


def ciphers(names):
    def tune(context):
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(names + ":@SECLEVEL=0")
    return tune


def wants_certificate(version):
    def tune(context):
        context.maximum_version = version
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_default_certs()
    return tune


def deaf_to_names(context):
    context.sni_callback = lambda *_: ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


# A host whose administrator allows all of it.
LENIENT = """openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = lenient
[lenient]
MinProtocol = None
CipherString = ALL:@SECLEVEL=0
"""


def allowed_here(scene):
    """The configuration of this host's OpenSSL does not mind: then the program itself must."""
    @contextlib.contextmanager
    def lenient(place):
        config = place.folder / "openssl.cnf"
        config.write_text(LENIENT)
        with scene(place) as way:
            way.env = dict(way.env, OPENSSL_CONF=str(config))
            yield way
    return lenient


def renegotiating(times, answer):
    """openssl's own server: Python cannot ask for a new handshake. The line "r" makes it do so, others are sent."""
    @contextlib.contextmanager
    def scene(place):
        identity = place.pki.identity()
        process = subprocess.Popen(
            place.prefix() + ["openssl", "s_server", "-tls1_2", "-naccept", "2", "-accept", place.here + ":0",
                              "-cert", identity.chain, "-cert_chain", identity.chain, "-key", identity.key],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0)
        ports = []
        listening = threading.Event()

        def talk():
            words = [b"r\n"] * times + [answer] * bool(answer)
            for line in process.stdout:
                if line.startswith(b"ACCEPT "):
                    ports.append(int(line.rpartition(b":")[2]))
                    listening.set()
                if words and (line == b"\r\n" or b"SSL_do_handshake -> " in line):    # end of the head, end of a word
                    process.stdin.write(words.pop(0))
        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        try:
            assert listening.wait(20), "openssl s_server does not listen"
            yield place.way(ports[0])
        finally:
            process.kill()
            process.wait()
            thread.join(5)
            process.stdin.close()
            process.stdout.close()
    return scene


ROWS = [
    certificate("expired", "has expired"),
    certificate("not yet valid", "is not yet valid"),
    certificate("wrong host", "is for another name"),
    certificate("nearly the host", "is for another name"),
    certificate("other ca", UNTRUSTED),
    certificate("self-signed", "is signed by itself", with_gnutls=STRANGER),
    certificate("no intermediate", UNTRUSTED),
    certificate("expired intermediate", "has expired"),
    certificate("signed by a leaf", "cannot be trusted", with_gnutls=STRANGER),
    # libcurl does not ask GnuTLS what the certificate is for, and GnuTLS takes RSA keys from 1024 bits on.
    certificate("for clients", "cannot be trusted", with_gnutls=ACCEPTED),
    weak("SHA-1"), weak("SHA-1 intermediate"), weak("weak key", with_gnutls=ACCEPTED),
    weak("weak intermediate", with_gnutls=ACCEPTED),

    Row("TLS 1.0 only", api(tune=only(ssl.TLSVersion.TLSv1)), "tls", FAILED, may_pass=True),
    Row("TLS 1.1 only", api(tune=only(ssl.TLSVersion.TLSv1_1)), "tls", FAILED, may_pass=True),
    Row("TLS 1.0 only, and the host allows it", allowed_here(api(tune=only(ssl.TLSVersion.TLSv1))), "tls", FAILED,
        may_pass=True),
    Row("TLS 1.1 only, and the host allows it", allowed_here(api(tune=only(ssl.TLSVersion.TLSv1_1))), "tls", FAILED,
        may_pass=True),
    Row("TLS 1.2 only", api(tune=only(ssl.TLSVersion.TLSv1_2))),
    Row("TLS 1.3 only", api(tune=only(ssl.TLSVersion.TLSv1_3))),
    Row("ciphers without encryption only", api(tune=ciphers("eNULL")), "tls", FAILED, may_pass=True),
    Row("ciphers without a certificate only", api(tune=ciphers("aNULL")), "tls", FAILED, may_pass=True),
    Row("a name that the server does not know", api(tune=deaf_to_names), "tls", FAILED, may_pass=True),
    Row("a certificate is wanted, TLS 1.2", api(tune=wants_certificate(ssl.TLSVersion.TLSv1_2)), "tls", FAILED,
        may_pass=True),
    Row("a certificate is wanted, TLS 1.3", api(tune=wants_certificate(ssl.TLSVersion.TLSv1_3)), "network", "broke"),

    broken("plain HTTP on the port", send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), wait()),
    broken("plain HTTP 400, as nginx does", wait(0.05),
           send(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html>plain</html>"), close),
    broken("SSH on the port", send(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), wait()),
    broken("SMTP on the port", send(b"220 mail.example ESMTP\r\n"), wait()),
    broken("noise instead of a handshake", send(bytes(range(256)) * 40), wait()),
    broken("zeros instead of a handshake", send(bytes(5000)), wait()),
    broken("alert: handshake failure", hears, alert(40), wait()),
    broken("alert: internal error", hears, alert(80), wait()),
    broken("alert: unrecognized name", hears, alert(112), wait()),
    broken("alert: close notify", hears, alert(0, level=1), wait()),
    broken("one byte of the handshake differs", spoiled(60), wait()),
    broken("a byte of the certificate differs", spoiled(400), wait()),

    Row("handshake stalls after the first bytes", api([first_bytes(4)]), "timeout", HANDSHAKE, options=LATE),
    Row("handshake stalls in the certificate", api([first_bytes(300)]), "timeout", HANDSHAKE, options=LATE),
    Row("handshake drips", api([dripped(1, 0.05)]), "timeout", HANDSHAKE, options=LATE),
    Row("a record that never ends", api([send(b"\x16\x03\x03\x40\x00"), drip(bytes(9000), 3, 0.05)]), "timeout",
        HANDSHAKE, options=LATE),
    Row("no record under TLS", api(HEARD + [beneath(b"HTTP/1.1 200 OK\r\n\r\n{}"), wait()]), "network", "broke"),
    Row("a spoiled record under TLS", api(HEARD + [beneath(b"\x17\x03\x03\x00\x20" + bytes(32)), wait()]), "network",
        "broke"),
    Row("an alert in the clear under TLS", api(HEARD + [beneath(b"\x15\x03\x03\x00\x02\x02\x28"), wait()]), "network",
        "broke"),
    Row("no farewell, a body with length", api(HEARD + [reply(WHOLE), close])),
    # libcurl takes it for an end; a document that was cut would be none.
    Row("no farewell, a whole body without length",
        api(HEARD + [head(Content_Length=None, Connection="close"), send(WHOLE), close]), with_gnutls=CUT_OFF),
    Row("no farewell, half closed, a whole body without length",
        api(HEARD + [head(Content_Length=None, Connection="close"), send(WHOLE), half_close, wait()]),
        with_gnutls=CUT_OFF),
    Row("a new handshake after the request, then the answer", renegotiating(
        1, b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s\n" % (len(WHOLE), WHOLE))),
    Row("new handshakes and no answer", renegotiating(9, None), "timeout", "(stage: waiting for the answer)",
        options=LATE),
]
