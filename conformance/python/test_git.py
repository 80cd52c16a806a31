from pathlib import Path

from clients import eventually, with_both_clients
from daytona import DaytonaConflictError, DaytonaNotFoundError, SessionExecuteRequest

USER = "ada"
PASSWORD = "s3cret-p@ss"
HTTP = "http://127.0.0.1:8418"
HTTPS = "https://localhost:8443"
LIB = Path(__file__).parent.parent / "lib"


@with_both_clients
class Git:
    """Against a git server inside the sandbox."""

    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.git = self.sandbox.git
        if "git-server" not in [one.session_id for one in await self.call(self.sandbox.process.list_sessions)]:
            await self.serve()

    async def serve(self):
        for name in ("make-certificates.sh", "git-server.mjs"):
            await self.call(self.sandbox.fs.upload_file, str(LIB / name), f"/tmp/{name}")
        await self.run_command("cd /tmp && sh make-certificates.sh")
        await self.call(self.sandbox.process.create_session, "git-server")
        command = f"node /tmp/git-server.mjs /tmp/served {USER} '{PASSWORD}' 8418 8443 /tmp/server.key /tmp/server.pem"
        request = SessionExecuteRequest(command=command, run_async=True)
        await self.call(self.sandbox.process.execute_session_command, "git-server", request)

        async def answers():
            probe = f'curl -s -o /dev/null -w "%{{http_code}}" {HTTP}/'
            return (await self.call(self.sandbox.process.exec, probe)).result == "401"

        await eventually(answers)

    async def published(self, name):
        """A repository on the server with one commit on branch main."""
        await self.run_command(f"""set -e; mkdir -p /tmp/seed && cd /tmp/seed && rm -rf {name} && git init -q -b main {name}
            cd {name} && echo hello > readme && git add .
            git -c user.name=seed -c user.email=seed@example.com commit -q -m first
            git clone -q --bare . /tmp/served/{name}.git && git -C /tmp/served/{name}.git config http.receivepack true""")
        return f"{HTTP}/{name}.git"

    async def clone(self, url, path, **options):
        await self.call(self.git.clone, url, path, username=USER, password=PASSWORD, **options)

    async def changes(self, path):
        status = await self.call(self.git.status, path)
        return sorted((file.name, file.staging, file.worktree) for file in status.file_status)

    async def test_goes_from_a_clone_to_a_commit_a_push_and_a_pull_elsewhere(self):
        url = await self.published("round")
        await self.clone(url, "/tmp/one")
        await self.clone(url, "/tmp/two", branch="main")
        await self.write("/tmp/one/new file", "new")
        await self.write("/tmp/one/readme", "changed")
        self.assertEqual(
            await self.changes("/tmp/one"),
            [("new file", "Untracked", "Untracked"), ("readme", "Unmodified", "Modified")],
        )
        await self.call(self.git.add, "/tmp/one", ["."])
        commit = await self.call(self.git.commit, "/tmp/one", "Second\n\nwith a body", "Ada L", "ada@example.com")
        self.assertEqual(await self.run_command("git -C /tmp/one rev-parse HEAD"), commit.sha)
        self.assertEqual((await self.call(self.git.status, "/tmp/one")).ahead, 1)
        await self.call(self.git.push, "/tmp/one", USER, PASSWORD)
        await self.call(self.git.pull, "/tmp/two", USER, PASSWORD)
        log = await self.run_command('git -C /tmp/two log -1 --format="%an <%ae> %s"')
        self.assertEqual(log, "Ada L <ada@example.com> Second")

    async def test_makes_lists_checks_out_and_deletes_branches(self):
        await self.clone(await self.published("branches"), "/tmp/branches")
        await self.call(self.git.create_branch, "/tmp/branches", "feature/x")
        self.assertEqual((await self.call(self.git.status, "/tmp/branches")).current_branch, "feature/x")
        await self.call(self.git.checkout_branch, "/tmp/branches", "main")
        await self.call(self.git.delete_branch, "/tmp/branches", "feature/x")
        self.assertEqual((await self.call(self.git.branches, "/tmp/branches")).branches, ["main"])

    async def test_makes_repositories_and_takes_changes_back(self):
        await self.call(self.git.init, "/tmp/made", initial_branch="trunk")
        await self.write("/tmp/made/a", "1")
        await self.call(self.git.add, "/tmp/made", ["a"])
        await self.call(self.git.commit, "/tmp/made", "one", "a", "a@b")
        await self.write("/tmp/made/a", "2")
        await self.call(self.git.add, "/tmp/made", ["a"])
        await self.call(self.git.reset, "/tmp/made")
        self.assertEqual(await self.changes("/tmp/made"), [("a", "Unmodified", "Modified")])
        await self.call(self.git.restore, "/tmp/made", ["a"])
        self.assertEqual(await self.changes("/tmp/made"), [])

    async def test_keeps_remotes_settings_and_credentials(self):
        url = await self.published("kept")
        await self.call(self.git.init, "/tmp/kept", initial_branch="main")
        await self.call(self.git.remote_add, "/tmp/kept", "origin", url)
        remotes = (await self.call(self.git.remotes, "/tmp/kept")).remotes
        self.assertEqual([(remote.name, remote.url) for remote in remotes], [("origin", url)])
        self.assertEqual(await self.call(self.git.remote_get, "/tmp/kept", "origin"), url)
        await self.call(self.git.configure_user, "Ada", "ada@example.com")
        self.assertEqual(await self.call(self.git.get_config, "user.name"), "Ada")
        self.assertIsNone(await self.call(self.git.get_config, "user.nickname"))
        await self.call(self.git.set_config, "core.x", "here", "local", "/tmp/kept")
        self.assertEqual(await self.call(self.git.get_config, "core.x", "local", "/tmp/kept"), "here")
        await self.call(self.git.dangerously_authenticate, USER, PASSWORD, "localhost:8418", "http")
        await self.call(self.git.clone, url.replace("127.0.0.1", "localhost"), "/tmp/kept-clone")

    async def test_shows_nothing_changed_and_10000_new_files(self):
        await self.run_command("git init -q -b main /tmp/lots")
        self.assertEqual(await self.changes("/tmp/lots"), [])
        await self.run_command("cd /tmp/lots && seq -f 'file-%g' 10000 | xargs touch")
        self.assertEqual(len(await self.changes("/tmp/lots")), 10_000)
        await self.call(self.git.add, "/tmp/lots", ["."])
        await self.call(self.git.commit, "/tmp/lots", "many", "a", "a@b")
        self.assertEqual(await self.changes("/tmp/lots"), [])

    async def test_speaks_tls_to_servers_that_the_sandbox_trusts_and_to_others_when_told_to(self):
        await self.published("secure")
        url = f"{HTTPS}/secure.git"
        await self.refused(400, "certificate", self.clone, url, "/tmp/secure-a")
        await self.clone(url, "/tmp/secure-b", insecure_skip_tls=True)
        await self.run_command(f"git config --global http.{HTTPS}.sslCAInfo /tmp/ca.pem")
        await self.clone(url, "/tmp/secure-c")
        self.assertEqual(await self.run_command("cat /tmp/secure-c/readme"), "hello")

    async def test_says_what_is_wrong_and_no_password(self):
        url = await self.published("wrong")
        clone = self.git.clone
        await self.refused(401, "user name and a password", clone, url, "/tmp/wrong-a")
        error = await self.refused(401, "Authentication failed", clone, url, "/tmp/w", username=USER, password="s3cret")
        self.assertNotIn("s3cret", str(error))
        await self.refused(404, "not found", self.clone, f"{HTTP}/none.git", "/tmp/wrong-c")
        await self.refused(409, "already exists", self.clone, url, "/tmp")
        missing = await self.refused(404, "not a git repository", self.git.status, "/tmp")
        self.assertIsInstance(missing, DaytonaNotFoundError)
        await self.refused(409, "nothing to commit", self.git.commit, "/tmp/seed/wrong", "m", "a", "a@b")
        await self.refused(404, "none", self.git.checkout_branch, "/tmp/seed/wrong", "none")
        taken = await self.refused(409, "already exists", self.git.create_branch, "/tmp/seed/wrong", "main")
        self.assertIsInstance(taken, DaytonaConflictError)
