import time

from clients import eventually, unique, with_both_clients
from daytona import SessionExecuteRequest

MIB = 1024 * 1024


@with_both_clients
class Sessions:
    async def session(self):
        session = unique("session")
        await self.call(self.sandbox.process.create_session, session)
        return session

    async def execute(self, session, command, **options):
        request = SessionExecuteRequest(command=command, **options)
        return await self.call(self.sandbox.process.execute_session_command, session, request)

    async def start(self, session, command):
        return (await self.execute(session, command, run_async=True)).cmd_id

    async def follow(self, session, command):
        seen = {"stdout": "", "stderr": "", "times": []}

        def stdout(chunk):
            seen["stdout"] += chunk
            seen["times"].append(time.monotonic())

        def stderr(chunk):
            seen["stderr"] += chunk

        process = self.sandbox.process
        await self.call(process.get_session_command_logs_async, session, command, stdout, stderr)
        return seen

    async def finished(self, session, command):
        async def ended():
            state = await self.call(self.sandbox.process.get_session_command, session, command)
            return state if state.exit_code is not None else None

        return await eventually(ended, within=60)

    async def test_keep_directory_and_variables_from_command_to_command(self):
        session = await self.session()
        await self.execute(session, "cd /tmp && export MOOD=calm")
        answer = await self.execute(session, 'echo "$PWD $MOOD"; echo err >&2; (exit 3)')
        self.assertEqual((answer.stdout, answer.stderr, answer.exit_code), ("/tmp calm\n", "err\n", 3))

    async def test_run_a_command_in_the_background_whose_logs_can_be_read_later(self):
        session = await self.session()
        command = await self.start(session, "echo begun; echo wrong >&2; sleep 0.3; echo ended")
        self.assertEqual((await self.finished(session, command)).exit_code, 0)
        logs = await self.call(self.sandbox.process.get_session_command_logs, session, command)
        self.assertEqual((logs.stdout, logs.stderr), ("begun\nended\n", "wrong\n"))

    async def test_let_a_running_command_be_followed_as_it_speaks(self):
        session = await self.session()
        command = await self.start(session, "for i in 1 2 3; do echo line $i; echo note $i >&2; sleep 0.4; done")
        seen = await self.follow(session, command)
        self.assertEqual(seen["stdout"], "line 1\nline 2\nline 3\n")
        self.assertEqual(seen["stderr"], "note 1\nnote 2\nnote 3\n")
        self.assertGreater(seen["times"][-1] - seen["times"][0], 0.5)

    async def test_may_say_nothing(self):
        session = await self.session()
        answer = await self.execute(session, "true")
        self.assertEqual((answer.stdout, answer.stderr, answer.exit_code), ("", "", 0))
        self.assertEqual((await self.follow(session, answer.cmd_id))["stdout"], "")
        logs = await self.call(self.sandbox.process.get_session_command_logs, session, answer.cmd_id)
        self.assertEqual((logs.stdout, logs.stderr), ("", ""))

    async def test_carry_100_mib_of_output(self):
        session = await self.session()
        command = await self.start(session, f"yes {'x' * 1023} | head -c {100 * MIB}")
        self.assertEqual((await self.finished(session, command)).exit_code, 0)
        logs = await self.call(self.sandbox.process.get_session_command_logs, session, command)
        self.assertEqual(len(logs.stdout), 100 * MIB)
        await self.call(self.sandbox.process.delete_session, session)

    async def test_hand_input_to_a_waiting_command(self):
        session = await self.session()
        command = await self.start(session, 'read -r name; echo "hello $name"')
        await self.call(self.sandbox.process.send_session_command_input, session, command, "Ada\n")
        self.assertIn("hello Ada\n", (await self.follow(session, command))["stdout"])

    async def test_are_listed_with_their_commands_until_they_are_deleted(self):
        session = await self.session()
        command = (await self.execute(session, "true")).cmd_id
        listed = await self.call(self.sandbox.process.list_sessions)
        (found,) = [one for one in listed if one.session_id == session]
        self.assertEqual([(one.id, one.command, one.exit_code) for one in found.commands], [(command, "true", 0)])
        self.assertEqual((await self.call(self.sandbox.process.get_session, session)).session_id, session)
        await self.call(self.sandbox.process.delete_session, session)
        await self.refused(404, session, self.sandbox.process.get_session, session)

    async def test_say_what_is_wrong(self):
        process = self.sandbox.process
        session = await self.session()
        await self.refused(409, "exists", process.create_session, session)
        await self.refused(404, "never", process.get_session, "never")
        await self.refused(404, "never", self.execute, "never", "true")
        await self.refused(404, "none", process.get_session_command, session, "none")
        await self.refused(404, "none", process.get_session_command_logs, session, "none")
        await self.refused(404, "none", process.send_session_command_input, session, "none", "x")
        await self.refused(400, "(?i)command", self.execute, session, "")
        await self.refused(404, "never", process.delete_session, "never")

    async def test_are_no_entrypoint_where_a_snapshot_has_none(self):
        await self.refused(404, "no session entrypoint", self.sandbox.process.get_entrypoint_session)
