from clients import unique, with_both_clients
from daytona import CreateSnapshotParams


@with_both_clients
class Snapshots:
    shares_sandbox = False

    async def test_are_listed_and_found_by_name(self):
        page = await self.call(self.daytona.snapshot.list)
        self.assertIn("default", [snapshot.name for snapshot in page.items])
        self.assertEqual((await self.call(self.daytona.snapshot.get, "default")).state, "active")
        await self.refused(404, "no-such-snapshot", self.daytona.snapshot.get, "no-such-snapshot")

    async def test_give_sandboxes_their_entrypoint_until_they_are_deleted(self):
        snapshots = self.daytona.snapshot
        image = (await self.call(snapshots.get, "default")).image_name
        entrypoint = ["sh", "-c", "echo begun; echo wrong >&2"]
        params = CreateSnapshotParams(name=unique("entrypoint"), image=image, entrypoint=entrypoint)
        snapshot = await self.call(snapshots.create, params)
        self.assertEqual((snapshot.state, snapshot.entrypoint), ("active", entrypoint))
        process = (await self.create(snapshot=snapshot.name)).process

        self.assertEqual((await self.call(process.get_entrypoint_session)).session_id, "entrypoint")
        stdout, stderr = [], []
        await self.call(process.get_entrypoint_logs_async, stdout.append, stderr.append)
        self.assertEqual(("".join(stdout), "".join(stderr)), ("begun\n", "wrong\n"))
        logs = await self.call(process.get_entrypoint_logs)
        self.assertEqual((logs.stdout, logs.stderr), ("begun\n", "wrong\n"))

        await self.call(snapshots.delete, snapshot)
        await self.refused(404, snapshot.name, snapshots.get, snapshot.name)
