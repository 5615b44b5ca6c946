"""Several people who do something at the same moment."""

import threading
import xmlrpc.client

from servers import Rpc


def race(url, *acts):
    """Let all act at the same moment; return what each was told: what it returned, or the fault.

    :param acts: (function of an ``Rpc``, login); the password is the login.
    """
    clients = [Rpc(url, login, login) for _act, login in acts]
    start, told = threading.Barrier(len(acts)), [None] * len(acts)

    def run(turn, act):
        start.wait()
        try:
            told[turn] = act(clients[turn])
        except xmlrpc.client.Fault as fault:
            told[turn] = fault.faultString

    threads = [
        threading.Thread(target=run, args=(turn, act)) for turn, (act, _login) in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told
