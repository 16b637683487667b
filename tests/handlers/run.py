"""Runs one handler as one execution environment would, with stubs instead of AWS.

Reads a request (JSON) from standard input and prints what happened (JSON) on standard output; tests/handlers.rs says what is in both.
"""

import sys

sys.dont_write_bytecode = True

import contextlib
import copy
import decimal
import io
import json
import logging
import os
import pathlib
import re
import socket
import tempfile
import types

HERE = str(pathlib.Path(__file__).resolve().parent)
sys.path.insert(0, HERE)
import stub_aws
import stub_pictures

sys.path.remove(HERE)


class Raised(Exception):
    """A failure that Lambda's runtime names itself."""

    def __init__(self, name, message):
        super().__init__(message)
        self.name = name


class Encoder(json.JSONEncoder):
    """Lambda's runtime writes a Decimal as a number, and refuses what else JSON does not know."""

    def default(self, value):
        if isinstance(value, decimal.Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return super().default(value)


class Context:
    """What Lambda hands to a handler beside the event."""

    function_name = "handler"
    function_version = "$LATEST"
    memory_limit_in_mb = "128"
    invoked_function_arn = "arn:aws:lambda:us-east-1:111122223333:function:handler"

    def __init__(self, call, remaining):
        self.aws_request_id = f"00000000-0000-4000-8000-{call:012}"
        self.log_group_name = "/aws/lambda/handler"
        self.log_stream_name = "2026/01/05/[$LATEST]0123456789abcdef0123456789abcdef"
        self._remaining = list(remaining)

    def get_remaining_time_in_millis(self):
        return self._remaining.pop(0) if len(self._remaining) > 1 else self._remaining[0]


def load(file, own_tmp):
    """The module of a handler. An environment has a /tmp of its own, so here it gets a folder of its own."""
    source = pathlib.Path(file).read_text(encoding="utf-8")
    source = re.sub(r"""(["'])/tmp(?=[/"'])""", lambda quote: quote[1] + own_tmp, source)
    module = types.ModuleType(pathlib.Path(file).stem)
    module.__file__ = file
    sys.modules[module.__name__] = module
    exec(compile(source, file, "exec"), module.__dict__)
    if not callable(getattr(module, "handler", None)):
        raise Raised("Runtime.HandlerNotFound", f"Handler 'handler' missing on module '{module.__name__}'")
    return module.handler


def invoke(handler, request, call):
    """What a call returns, as the caller gets it."""
    returned = handler(copy.deepcopy(request["event"]), Context(call, request["remaining_ms"]))
    try:
        return json.loads(json.dumps(returned, cls=Encoder))
    except (TypeError, ValueError) as problem:
        raise Raised("Runtime.MarshalError", f"Unable to marshal response: {problem}") from problem


def describe(error):
    """The name and message of an error. AWS's errors have the name that is documented for all of them."""
    name = error.name if isinstance(error, Raised) else type(error).__name__
    if isinstance(error, stub_aws.ClientError):
        name = stub_aws.ClientError.__name__
    return {"raises": name, "message": str(error)}


def outcome(request):
    """The end of the last call; an environment whose code does not load ends before the first."""
    try:
        handler = load(request["file"], request["folder"])
    except BaseException as error:
        return describe(error)
    for call in range(1, request["calls"] + 1):
        try:
            end = {"returns": invoke(handler, request, call)}
        except BaseException as error:
            end = describe(error)
    return end


def no_network(*_, **__):
    raise OSError("handlers are run without a network")


def main():
    request = json.loads(sys.stdin.buffer.read())
    os.environ.update(request["env"])
    socket.socket.connect = socket.socket.connect_ex = no_network
    socket.getaddrinfo = socket.create_connection = no_network
    stub_aws.install(request["stub"])
    stub_pictures.install()
    printed = io.StringIO()
    logging.basicConfig(stream=printed, format="[%(levelname)s] %(message)s")
    tempfile.tempdir = request["folder"]
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        end = outcome(request)
    end.update(sends=stub_aws.STATE.sends, clients=stub_aws.STATE.clients, printed=printed.getvalue().splitlines())
    print(json.dumps(end))


main()
