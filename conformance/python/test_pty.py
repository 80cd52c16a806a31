import asyncio

from clients import Sync, eventually, unique, with_both_clients
from daytona import DaytonaError, PtySize


class Terminal:
    """A terminal that is read from its beginning to its end, by either client."""

    def __init__(self, case):
        self.case = case
        self.output = b""

    def take(self, chunk):
        self.output += chunk

    async def open(self, method, *args, **options):
        if self.case.kind is not Sync:
            options["on_data"] = self.take
        self.handle = await self.case.call(method, *args, **options)
        return self

    async def send(self, text):
        await self.case.call(self.handle.send_input, text)

    async def ended(self):
        """Its result, once all of its output has come."""
        options = {"on_data": self.take} if self.case.kind is Sync else {}
        result = await asyncio.wait_for(self.case.call(self.handle.wait, **options), 60)
        await self.case.call(self.handle.disconnect)
        return result


@with_both_clients
class Terminals:
    async def create(self, name=None, **options):
        return await Terminal(self).open(self.sandbox.process.create_pty_session, id=name or unique("pty"), **options)

    async def test_run_what_is_typed_until_they_exit(self):
        terminal = await self.create(cwd="/tmp", envs={"MOOD": "calm"}, pty_size=PtySize(rows=30, cols=100))
        await terminal.send('stty size; echo "$PWD $MOOD"; exit 3\n')
        result = await terminal.ended()
        self.assertEqual(result.exit_code, 3)
        self.assertIn(b"30 100", terminal.output)
        self.assertIn(b"/tmp calm", terminal.output)

    async def test_are_resized_listed_and_killed(self):
        name = unique("pty")
        terminal = await self.create(name)
        await self.call(terminal.handle.resize, PtySize(rows=40, cols=120))
        await self.call(self.sandbox.process.resize_pty_session, name, PtySize(rows=41, cols=121))
        info = await self.call(self.sandbox.process.get_pty_session_info, name)
        self.assertEqual((info.rows, info.cols, info.active), (41, 121, True))
        listed = await self.call(self.sandbox.process.list_pty_sessions)
        self.assertIn(name, [one.id for one in listed])
        await self.call(terminal.handle.kill)
        self.assertNotEqual((await terminal.ended()).exit_code, 0)

    async def test_are_connected_to_again(self):
        name = unique("pty")
        first = await self.create(name)
        await self.call(first.handle.disconnect)
        second = await Terminal(self).open(self.sandbox.process.connect_pty_session, name)
        await second.send("echo again; exit\n")
        self.assertEqual((await second.ended()).exit_code, 0)
        self.assertIn(b"again", second.output)

    async def test_carry_megabytes(self):
        terminal = await self.create()
        await terminal.send("head -c 5000000 /dev/zero | tr '\\0' x; exit\n")
        await terminal.ended()
        self.assertGreaterEqual(terminal.output.count(b"x"), 5_000_000)

    async def test_are_unique_and_say_what_is_wrong(self):
        process = self.sandbox.process
        name = unique("pty")
        terminal = await self.create(name)
        with self.assertRaisesRegex(DaytonaError, "exists"):
            await self.create(name)
        await self.call(process.kill_pty_session, name)
        await terminal.ended()

        async def forgotten():
            return name not in [one.id for one in await self.call(process.list_pty_sessions) if one.active]

        await eventually(forgotten)
        await self.refused(404, "never", process.get_pty_session_info, "never")
        await self.refused(404, "never", process.kill_pty_session, "never")
        await self.refused(404, "never", process.resize_pty_session, "never", PtySize(rows=2, cols=2))
