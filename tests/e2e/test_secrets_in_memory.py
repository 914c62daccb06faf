# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
"""What the memory of the process holds of the key, at each stage of a run and from each source: all mappings are read,
those included that no dump would have.

While a further try is possible the secret key is needed, and stands in guarded memory alone. Once the last try has been
signed it is gone. Keys derived from it and other forms of it are never left anywhere.

The session token is a header of the request. While the request is under way libcurl has copies of its own, in its list
of headers and in the request that it sends; before and after that there is none but in guarded memory."""

import os
import subprocess

import pytest

import stages
from keys import Places, environment
from running import MUSL, WRAPPER, needs_speed
from standin import netns
from standin.metadata import Metadata
from standin.resolver import Resolver
from standin.script import error, ok, stall
from standin.server import Api

pytestmark = [
    pytest.mark.skipif(bool(WRAPPER), reason="the memory would be that of the wrapper"),
    pytest.mark.skipif(not stages.WRITING, reason="the numbers of system calls are not known for this machine"),
    needs_speed,
]

LIBCURL = {"[heap]", "anonymous"} if MUSL else {"[heap]"}     # where malloc of that libc has its memory


@pytest.fixture
def held_key(request, token_key):
    """Small files are read into other memory than large ones, and the longest token makes each file large."""
    small = request.node.callspec.params["source"] == "small file"
    return token_key._replace(token=token_key.token[:400]) if small else token_key


@pytest.fixture
def services(network, pki, held_key):
    """The API and the metadata service in a private network, where a name server never answers."""
    network.hosts(netns.HOSTS)
    network.resolver(netns.RESOLVER)
    with Api(pki.identity(), [held_key], sockets=[network.listen("127.0.0.1", 443)]) as api, \
            Metadata(sockets=[network.listen("127.0.0.1", 80)]) as metadata, \
            Resolver(network.datagram("127.0.0.1", 53)) as resolver:
        metadata.serve_role("Monitoring", held_key)
        yield api, resolver


# ---- Stages: options, what the API does, and how to tell that the stage is reached ----

def resolving(process, api, resolver):
    assert resolver.asked.wait(20)


def answering(process, api, resolver):
    api.wait_for_request()


def pausing(process, api, resolver):
    stages.wait_in(process, stages.SLEEPING)


def writing(process, api, resolver):
    stages.wait_in(process, stages.WRITING)


# Where the key may be then, and where the token.
STAGES = {
    "name resolution": (resolving, ["-H", "nowhere.example"], [ok()], {"guarded"}, {"guarded"} | LIBCURL),
    "answer, a further try possible": (answering, [], [stall()], {"guarded"}, {"guarded"} | LIBCURL),
    "answer to the only try": (answering, ["--retries", 0], [stall()], set(), {"guarded"} | LIBCURL),
    "pause before a further try": (pausing, [], [error("RequestLimitExceeded"), ok()], {"guarded"}, {"guarded"}),
    "result of a second try": (writing, ["-vvv"], [error("RequestLimitExceeded"), ok()], set(), set()),
    "result": (writing, ["-vvv"], [ok()], set(), set()),
    "failure": (writing, ["-vvv"], [error("AuthFailure.SignatureFailure", "no")], set(), set()),
}


# ---- Sources: options and environment ----

def unused_variables(places, key):
    """The file counts, and what the environment holds besides is wiped all the same."""
    options, _, _ = places.option_ini(key)
    return options, environment(key)


def role(places, key):
    return ["--role"], {}


SOURCES = {
    "file": lambda places, key: places.option_ini(key)[:2],
    "small file": lambda places, key: places.option_ini(key)[:2],
    "file of tccli": lambda places, key: places.tccli_file(key)[:2],
    "environment": lambda places, key: places.variables(key)[:2],
    "file, not the environment": unused_variables,
    "role": role,
}


@pytest.fixture
def picture(plugin, network, services, held_key, tmp_path):
    """picture(source, stage) runs it up to there and looks."""
    def take(source, stage):
        places = Places(tmp_path)
        reached, options, script, _, _ = STAGES[stage]
        more, env = SOURCES[source](places, held_key)
        services[0].play(*script)
        reading, pipe = stages.full_pipe()
        process = plugin.start("-t", 30, *options, *more, env=dict(places.env, **env), launcher=network.prefix(),
                               stdout=pipe if reached is writing else subprocess.PIPE)
        try:
            reached(process, *services)
            stages.halt(process)
            if stages.is_huge(process):
                pytest.skip("the shadow memory of a sanitizer is too large to look at")
            return stages.Picture(process.pid), stages.shown_by_the_system(process)
        finally:
            process.kill()
            process.communicate()
            os.close(reading)
            os.close(pipe)
    return take


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("source", SOURCES)
def test_where_the_secrets_are(picture, held_key, source, stage):
    _, _, _, key_may_be, token_may_be = STAGES[stage]
    seen, shown = picture(source, stage)
    assert seen.places(b"CWP LICENSE UNKNOWN"), "the prepared lines must be seen"
    assert seen.places(held_key.secret_key.encode()) == key_may_be
    assert seen.places(held_key.token.encode()) - token_may_be == set()
    assert ("guarded" in token_may_be) == ("guarded" in seen.places(held_key.token.encode()))
    assert not [secret for secret in stages.never_kept(held_key) if seen.places(secret)]
    for secret in (held_key.secret_key, held_key.token):
        assert secret.encode() not in shown, "on the command line or in the environment"
