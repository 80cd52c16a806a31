from clients import with_both_clients
from daytona import LspCompletionPosition

PYTHON = """class Greeter:
    def greet_everybody(self, name):
        return "hello " + name

def make_greeter():
    return Greeter()

make_greeter().gre
"""


@with_both_clients
class LanguageServers:
    async def started(self, language, project):
        await self.call(self.sandbox.fs.create_folder, project, "755")
        server = self.sandbox.create_lsp_server(language, project)
        await self.call(server.start)
        return server

    async def symbols(self, server, path):
        return {symbol.name for symbol in await self.call(server.document_symbols, path)}

    async def test_know_python(self):
        server = await self.started("python", "/tmp/python")
        path = "/tmp/python/greeter.py"
        await self.write(path, PYTHON)
        await self.call(server.did_open, path)
        self.assertLessEqual({"Greeter", "make_greeter"}, await self.symbols(server, path))
        completions = await self.call(server.completions, path, LspCompletionPosition(line=7, character=18))
        self.assertTrue(any(item.label.startswith("greet_everybody") for item in completions.items))
        for find in (server.sandbox_symbols, server.workspace_symbols):
            self.assertIn("make_greeter", {symbol.name for symbol in await self.call(find, "make_gr")})
        await self.call(server.did_close, path)
        await self.call(server.stop)

    async def test_know_typescript_and_an_empty_file(self):
        server = await self.started("typescript", "/tmp/typescript")
        await self.write("/tmp/typescript/greeter.ts", "export function makeGreeter(): number {\n  return 1;\n}\n")
        await self.write("/tmp/typescript/empty.ts", "")
        await self.call(server.did_open, "/tmp/typescript/greeter.ts")
        self.assertIn("makeGreeter", await self.symbols(server, "/tmp/typescript/greeter.ts"))
        await self.call(server.did_open, "/tmp/typescript/empty.ts")
        self.assertEqual(await self.symbols(server, "/tmp/typescript/empty.ts"), set())
        await self.call(server.stop)

    async def test_are_asked_only_while_they_run(self):
        server = await self.started("python", "/tmp/stopped")
        await self.call(server.stop)
        await self.refused(400, "start", server.document_symbols, "/tmp/stopped/a.py")
