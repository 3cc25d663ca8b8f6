# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Clients that ask a gateway again and again. They note when each request began, and its answer."""

import contextlib
import http.client
import threading
import time

from desktopsandbox import wait_until


class Hammer:
    """Each client has a thread of its own. It stays on one connection for as long as the gateway
    keeps that."""

    def __init__(self, gateway, path, clients=8):
        self._gateway = gateway
        self._path = f"/{gateway.key}{path}"
        self._is_over = False
        self._answers = [[] for _ in range(clients)]
        self._threads = [threading.Thread(target=self._ask, args=(answers,), daemon=True)
                         for answers in self._answers]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._is_over = True
        for thread in self._threads:
            thread.join()

    def wait_for_answers(self, since=0, each=3):
        """Waits until every client has had so many answers to requests begun after that moment."""
        wait_until(lambda: all(sum(began > since for began, _ in list(answers)) >= each
                               for answers in self._answers), "the clients' answers", patience=120)

    def answers(self, since=0):
        """The statuses of all answers so far to requests begun after that moment."""
        return {status for answers in self._answers for began, status in list(answers)
                if began > since}

    def _ask(self, answers):
        while not self._is_over:
            connection = http.client.HTTPConnection("127.0.0.1", self._gateway.port, timeout=60)
            with contextlib.closing(connection), \
                    contextlib.suppress(OSError, http.client.HTTPException):
                self._ask_on(connection, answers)

    def _ask_on(self, connection, answers):
        is_kept = True
        while is_kept and not self._is_over:
            began = time.monotonic()
            connection.request("GET", self._path)
            response = connection.getresponse()
            response.read()
            answers.append((began, response.status))
            is_kept = not response.will_close
