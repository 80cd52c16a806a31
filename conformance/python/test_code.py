from clients import with_both_clients
from daytona import CodeRunParams, DaytonaTimeoutError


@with_both_clients
class Code:
    async def test_is_run_with_arguments_and_environment(self):
        code = "import os, sys\nprint(sys.argv[1], os.environ['MOOD'])"
        params = CodeRunParams(argv=["one"], env={"MOOD": "calm"})
        answer = await self.call(self.sandbox.process.code_run, code, params)
        self.assertEqual((answer.result, answer.exit_code), ("one calm\n", 0))
        failing = await self.call(self.sandbox.process.code_run, "raise SystemExit(4)")
        self.assertEqual(failing.exit_code, 4)
        self.assertEqual((await self.call(self.sandbox.process.code_run, "pass")).result, "")

    async def test_shares_variables_within_a_context(self):
        interpreter = self.sandbox.code_interpreter
        heard = []
        await self.call(interpreter.run_code, "x = 41")
        result = await self.call(interpreter.run_code, "print(x + 1)", on_stdout=lambda m: heard.append(m.output))
        self.assertEqual((result.stdout, result.stderr, result.error), ("42\n", "", None))
        self.assertEqual("".join(heard), "42\n")
        failed = await self.call(interpreter.run_code, "1 / 0")
        self.assertEqual(failed.error.name, "ZeroDivisionError")

    async def test_contexts_are_made_listed_and_deleted(self):
        interpreter = self.sandbox.code_interpreter
        context = await self.call(interpreter.create_context, cwd="/tmp")
        result = await self.call(interpreter.run_code, "import os; print(os.getcwd())", context=context)
        self.assertEqual(result.stdout, "/tmp\n")
        self.assertIn(context.id, [one.id for one in await self.call(interpreter.list_contexts)])
        await self.call(interpreter.delete_context, context)
        self.assertNotIn(context.id, [one.id for one in await self.call(interpreter.list_contexts)])

    async def test_ends_when_its_time_is_over(self):
        with self.assertRaises(DaytonaTimeoutError):
            await self.call(self.sandbox.code_interpreter.run_code, "while True: pass", timeout=1)
