"""Runs moto for the lab, on 127.0.0.1 and a free port, until standard input ends: so it ends with whoever started it.

The first line of standard input is the lab's key; the port is printed as the first line of standard output.

What this adds to moto:

- Enforcement is on from the first call: every call is signed, and allowed by the caller's policies.
- With the key, in the header X-Cordon-Lab, a call is the lab's own ("KEY act": carried out without a signature) or a
  question ("KEY ask": moto checks signature and policies as for any call, and then answers 202 in its place).
- There are no control paths and no instance metadata: /moto-api and /latest are 404.
- Signatures are checked against the address as it was sent; moto itself looks at it with its escapes undone, and so
  refuses a listing with a delimiter.
- What moto does not have is a 501 at once.
- Ids of users and groups begin as AWS's do (AIDA, AGPA; IAM User Guide, "IAM identifiers").
"""

import hmac
import logging
import os
import sys
import threading
import traceback

os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "0"
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
os.environ.pop("MOTO_ACCOUNT_ID", None)

import flask  # noqa: E402
from botocore.model import OperationNotFoundError  # noqa: E402
from moto.core.authorization import ActionAuthenticatorMixin  # noqa: E402
from moto.iam.models import Group, User  # noqa: E402
from moto.iam.utils import generate_access_key_id_from_account_id  # noqa: E402
from moto.moto_server.werkzeug_app import (  # noqa: E402
    DomainDispatcherApplication,
    create_backend_app,
)
from werkzeug.exceptions import HTTPException  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

KEY = sys.stdin.readline().strip()
check = ActionAuthenticatorMixin._authenticate_and_authorize_action


class Allowed(HTTPException):
    """The answer to a question: the call would be carried out."""

    code = 202
    description = "allowed"


def purpose(headers):
    key, _, word = headers.get("X-Cordon-Lab", "").partition(" ")
    return word if hmac.compare_digest(key.encode(), KEY.encode()) else None


def authorize(self, iam_request_cls, resource="*"):
    asked = purpose(self.headers)
    if asked == "act":
        return
    read, self.uri = self.uri, flask.request.environ["RAW_URI"]
    try:
        check(self, iam_request_cls, resource)
    finally:
        self.uri = read
    if asked == "ask":
        raise Allowed()


def prefix_ids(kind, prefix):
    make = kind.__init__

    def init(self, account_id, *args, **kwargs):
        make(self, account_id, *args, **kwargs)
        self.id = generate_access_key_id_from_account_id(account_id, prefix, 21)

    kind.__init__ = init


def application(environ, start_response):
    def plain(status, text):
        start_response(status, [("Content-Type", "text/plain")])
        return [text.encode()]

    if environ.get("PATH_INFO", "").lower().lstrip("/").startswith(("moto-api", "latest/")):
        return plain("404 Not Found", "no such path")
    try:
        return moto(environ, start_response)
    except (NotImplementedError, OperationNotFoundError) as error:
        return plain("501 Not Implemented", str(error))
    except Exception:
        traceback.print_exc()
        return plain("500 Internal Server Error", "internal error")


class Handler(WSGIRequestHandler):
    def log(self, type, message, *args):
        """Says nothing: the gateway records every call."""


def end_with_parent():
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


if len(KEY) < 32:
    sys.exit("the lab's key is missing")
ActionAuthenticatorMixin._authenticate_and_authorize_action = authorize
prefix_ids(User, "AIDA")
prefix_ids(Group, "AGPA")
logging.getLogger("werkzeug").setLevel(logging.ERROR)
moto = DomainDispatcherApplication(create_backend_app)
server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Handler)
# moto calls itself on this port in a few of its services.
os.environ["MOTO_PORT"] = str(server.server_port)
threading.Thread(target=end_with_parent, daemon=True).start()
print(server.server_port, flush=True)
server.serve_forever()
