import time

from clients import with_both_clients
from daytona import DaytonaError, DaytonaTimeoutError

MIB = 1024 * 1024


@with_both_clients
class Commands:
    async def execute(self, command, **options):
        return await self.call(self.sandbox.process.exec, command, **options)

    async def test_answer_their_output_and_exit_code(self):
        answer = await self.execute("echo one && echo two >&2; exit 7")
        self.assertEqual((answer.result, answer.exit_code), ("one\ntwo\n", 7))
        self.assertEqual(answer.artifacts.stdout, answer.result)
        self.assertEqual((await self.execute("no-such-program")).exit_code, 127)

    async def test_may_say_nothing(self):
        answer = await self.execute("true")
        self.assertEqual((answer.result, answer.exit_code), ("", 0))

    async def test_run_in_the_directory_and_with_the_environment_they_are_given(self):
        answer = await self.execute('pwd; echo "$COLOUR"', cwd="/tmp", env={"COLOUR": "deep-blue"})
        self.assertEqual(answer.result, "/tmp\ndeep-blue\n")

    async def test_understand_quotes_here_documents_and_umlauts(self):
        answer = await self.execute("cat <<'END'\nit's \"fine\" $HOME grüße 日本\nEND")
        self.assertEqual(answer.result, "it's \"fine\" $HOME grüße 日本\n")

    async def test_end_when_their_time_is_over(self):
        start = time.monotonic()
        with self.assertRaises(DaytonaTimeoutError):
            await self.execute("sleep 60", timeout=1)
        self.assertLess(time.monotonic() - start, 8)

    async def test_are_refused_when_empty_or_in_no_directory(self):
        await self.refused(400, "(?i)command", self.execute, "")
        answer = await self.execute_anyway("true", cwd="/no/such/directory")
        self.assertNotEqual(answer, 0)

    async def execute_anyway(self, command, **options):
        """The exit code, or the status with which the server refused."""
        try:
            return (await self.execute(command, **options)).exit_code
        except DaytonaError as error:
            self.assertLess(error.status_code, 500)
            return error.status_code

    async def test_carry_100_mib_of_output(self):
        answer = await self.execute(f"head -c {100 * MIB} /dev/zero | tr '\\0' x")
        self.assertEqual((len(answer.result), answer.exit_code), (100 * MIB, 0))
