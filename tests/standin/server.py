# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""A loopback stand-in of the API: real TLS, and every request verified as the real service does."""

from . import answers, script, verify
from .exchange import tls_context
from .listener import Listener

NAMES = ("localhost", "127.0.0.1", "[::1]", "cwp.intl.tencentcloudapi.com")


class Api(Listener):
    """api.play(error("InternalError"), ok()) sets what it does; api.requests holds what it heard."""

    default = script.ok()

    def __init__(self, identity, keys, names=NAMES, **where):
        """keys: those it knows. names: those it goes by. where: see Listener."""
        super().__init__(**where)
        self.context = tls_context(identity)
        self.keys = {key.secret_id: key for key in keys}
        self.names = names

    def judge(self, request):
        return verify.judge(request, self)

    def refuse(self, exchange, code, message):
        """As the real service does it: status 200, and the error inside."""
        script.reply(answers.error(code, message, exchange.request.id))(exchange)
