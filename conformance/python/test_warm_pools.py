from clients import eventually, unique, with_both_clients
from daytona import CreateSnapshotParams

NOTHING = "00000000-0000-4000-8000-000000000000"


@with_both_clients
class WarmPools:
    shares_sandbox = False

    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.pools = self.daytona.warm_pool
        image = (await self.call(self.daytona.snapshot.get, "default")).image_name
        params = CreateSnapshotParams(name=unique("pool"), image=image)
        self.snapshot = await self.call(self.daytona.snapshot.create, params)
        self.addAsyncCleanup(self.call, self.daytona.snapshot.delete, self.snapshot)

    async def found(self, pool):
        return next((one for one in await self.call(self.pools.list) if one.id == pool.id), None)

    async def has_size(self, pool, size):
        async def has():
            return (await self.found(pool)).current_size == size

        await eventually(has, within=60)

    async def test_are_filled_serve_a_sandbox_and_are_drained_and_deleted(self):
        pool = await self.call(self.pools.create, self.snapshot.name, 1)
        self.assertEqual((pool.snapshot, pool.pool), (self.snapshot.name, 1))
        await self.has_size(pool, 1)
        sandbox = await self.create(snapshot=self.snapshot.name)
        self.assertEqual((await self.call(sandbox.process.exec, "echo warm")).result, "warm\n")
        self.assertEqual((await self.call(self.pools.update, pool.id, 0)).pool, 0)
        await self.has_size(pool, 0)
        await self.call(self.pools.delete, pool.id)
        self.assertIsNone(await self.found(pool))

    async def test_of_wrong_sizes_and_of_what_is_missing_are_refused(self):
        await self.fails("answers 404", self.pools.create, "no-such-snapshot", 1)
        await self.fails("answers 400", self.pools.create, self.snapshot.name, 1_000_000)
        await self.fails("answers 404", self.pools.update, NOTHING, 1)
        await self.fails("answers 404", self.pools.delete, NOTHING)
