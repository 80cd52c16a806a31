"""The official Python client, synchronous and asynchronous, behind one way of calling it: each suite is
written once and runs with both."""

import asyncio
import inspect
import sys
import time
import unittest
import uuid

import calls
from daytona import AsyncDaytona, CreateSandboxFromSnapshotParams, Daytona, DaytonaConfig, DaytonaError

calls.watch()


class Sync:
    """The synchronous client; its calls leave the event loop free."""

    label = "Sync"
    client = Daytona

    @staticmethod
    async def call(method, *args, **options):
        result = await asyncio.to_thread(method, *args, **options)
        return await result if inspect.isawaitable(result) else result

    @staticmethod
    async def collect(method, *args, **options):
        return await asyncio.to_thread(lambda: list(method(*args, **options)))

    @staticmethod
    async def close(daytona):
        pass


class Async:
    """The asynchronous client."""

    label = "Async"
    client = AsyncDaytona

    @staticmethod
    async def call(method, *args, **options):
        return await method(*args, **options)

    @staticmethod
    async def collect(method, *args, **options):
        result = method(*args, **options)
        return [item async for item in (await result if inspect.isawaitable(result) else result)]

    @staticmethod
    async def close(daytona):
        await daytona.close()


class Case(unittest.IsolatedAsyncioTestCase):
    """A test on a sandbox that the tests of its class share."""

    kind = None
    shares_sandbox = True
    shared_id = None

    @classmethod
    def setUpClass(cls):
        if cls.shares_sandbox:
            cls.shared_id = Daytona().create(timeout=120).id

    @classmethod
    def tearDownClass(cls):
        if cls.shared_id:
            Daytona().get(cls.shared_id).delete()

    async def asyncSetUp(self):
        # The test case would have every slow step of the loop reported.
        asyncio.get_running_loop().set_debug(False)
        self.daytona = self.kind.client()
        self.addAsyncCleanup(self.kind.close, self.daytona)
        if self.shares_sandbox:
            self.sandbox = await self.call(self.daytona.get, self.shared_id)

    async def call(self, method, *args, **options):
        return await self.kind.call(method, *args, **options)

    async def collect(self, method, *args, **options):
        """All that a method yields."""
        return await self.kind.collect(method, *args, **options)

    async def create(self, **params):
        """A sandbox of this test's own."""
        sandbox = await self.call(self.daytona.create, CreateSandboxFromSnapshotParams(**params), timeout=120)
        self.addAsyncCleanup(self._remove, sandbox)
        return sandbox

    async def _remove(self, sandbox):
        try:
            await self.call(sandbox.delete)
        except DaytonaError as error:
            if error.status_code != 404:
                raise

    def client_with(self, **config):
        """Another client of the same kind."""
        daytona = self.kind.client(DaytonaConfig(**config))
        self.addAsyncCleanup(self.kind.close, daytona)
        return daytona

    async def refused(self, status, message, method, *args, **options):
        """Fails with this status, and says something like this."""
        with self.assertRaisesRegex(DaytonaError, message) as caught:
            await self.call(method, *args, **options)
        self.assertEqual(caught.exception.status_code, status, str(caught.exception))
        return caught.exception

    async def fails(self, outcome, method, *args):
        """Comes to nothing, and soon: with "not served" or with "answers" and a status, however the client
        tells of it."""
        with self.assertRaises(Exception) as caught:
            await asyncio.wait_for(self.call(method, *args), 60)
        self.assertEqual(calls.outcome_of(caught.exception), outcome, repr(caught.exception))

    async def run_command(self, command, **options):
        """What a command that succeeds says."""
        answer = await self.call(self.sandbox.process.exec, command, **options)
        self.assertEqual(answer.exit_code, 0, answer.result)
        return answer.result.strip()

    async def write(self, path, text):
        await self.call(self.sandbox.fs.upload_file, text.encode(), path)


def with_both_clients(suite):
    """Defines a suite's tests once for each client."""
    module = sys.modules[suite.__module__]
    for kind in (Sync, Async):
        name = f"{suite.__name__}{kind.label}"
        body = {"kind": kind, "__module__": suite.__module__, "__qualname__": name}
        setattr(module, name, type(name, (suite, Case), body))
    return suite


async def eventually(ask, within=20):
    """Asks until the answer is true; fails after so many seconds."""
    end = time.monotonic() + within
    while not (answer := await ask()):
        if time.monotonic() > end:
            raise AssertionError(f"nothing within {within} s")
        await asyncio.sleep(0.1)
    return answer


def unique(prefix):
    return f"{prefix}-{uuid.uuid4()}"
