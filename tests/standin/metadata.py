# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A stand-in of the CVM metadata service: plain HTTP, two paths."""

import json
import time

from .listener import Listener
from .script import read

FOLDER = "/latest/meta-data/cam/security-credentials/"


def role_document(key, life=3600, **changes):
    """What the service says about a role's key; a change to None takes the item away."""
    ends = int(time.time()) + life
    document = {"TmpSecretId": key.secret_id, "TmpSecretKey": key.secret_key, "Token": key.token, "ExpiredTime": ends,
                "Expiration": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ends)), "Code": "Success"}
    document.update(changes)
    return json.dumps({name: value for name, value in document.items() if value is not None}).encode()


class Metadata(Listener):
    """pages maps paths to (status, body); an instance without a role has none."""

    def __init__(self, pages=None, **where):
        self.default = [read, self.answer]
        super().__init__(**where)
        self.pages = pages or {}

    def serve_role(self, name, key, **changes):
        self.pages = {FOLDER: (200, name.encode()), FOLDER + name: (200, role_document(key, **changes))}

    def answer(self, x):
        status, data = self.pages.get(x.request.target, (404, b"<html><body>404 - Not Found</body></html>"))
        x.send(x.head(status, {"Content-Type": "text/plain", "Connection": "close"}, len(data)) + data)
        x.goodbye()
