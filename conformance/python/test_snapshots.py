import calls
from clients import unique, with_both_clients
from daytona import CreateSnapshotParams, Resources


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

        await self.fails(calls.NOT_SERVED, snapshots.activate, snapshot)
        await self.call(snapshots.delete, snapshot)
        await self.refused(404, snapshot.name, snapshots.get, snapshot.name)

    async def test_of_wrong_names_images_and_sizes_are_refused(self):
        image = (await self.call(self.daytona.snapshot.get, "default")).image_name

        async def refused(status, message, **wrong):
            params = CreateSnapshotParams(**{"name": unique("wrong"), "image": image, **wrong})
            await self.refused(status, message, self.daytona.snapshot.create, params)

        await refused(400, "name", name="")
        await refused(400, "image", image="No Image")
        await refused(400, "latest", image="debian:latest")
        await refused(400, "(?i)cpu", resources=Resources(cpu=100_000))
        await refused(409, "already exists", name="default")
        default = await self.call(self.daytona.snapshot.get, "default")
        await self.refused(403, "belongs to the installation", self.daytona.snapshot.delete, default)
