import uuid

from clients import eventually, unique, with_both_clients
from daytona import DaytonaAuthenticationError, DaytonaConflictError, DaytonaNotFoundError, ListSandboxesQuery


@with_both_clients
class Lifecycle:
    shares_sandbox = False

    async def ids(self, **query):
        return [found.id for found in await self.collect(self.daytona.list, ListSandboxesQuery(**query))]

    async def test_is_created_started_with_its_labels_and_environment(self):
        sandbox = await self.create(labels={"purpose": "conformance"}, env_vars={"GREETING": "good day"})
        self.assertEqual(sandbox.state, "started")
        self.assertEqual(sandbox.labels["purpose"], "conformance")
        self.assertEqual(sandbox.labels["code-toolbox-language"], "python")
        self.assertEqual((sandbox.user, sandbox.public, sandbox.kvm), ("daytona", False, False))
        answer = await self.call(sandbox.process.exec, 'echo "$GREETING from $(whoami)"')
        self.assertEqual(answer.result.strip(), "good day from daytona")

    async def test_is_found_by_its_id_and_its_name(self):
        name = unique("named")
        sandbox = await self.create(name=name)
        self.assertEqual((await self.call(self.daytona.get, sandbox.id)).name, name)
        self.assertEqual((await self.call(self.daytona.get, name)).id, sandbox.id)

    async def test_is_listed_page_by_page_by_the_labels_it_has_and_those_it_gets(self):
        label = uuid.uuid4().hex
        made = [(await self.create(labels={"set": label})).id for _ in range(3)]
        self.assertCountEqual(await self.ids(labels={"set": label}, limit=2), made)
        self.assertEqual(await self.ids(labels={"set": label, "other": "x"}), [])
        sandbox = await self.call(self.daytona.get, made[0])
        await self.call(sandbox.set_labels, {"later": label})
        self.assertEqual(await self.ids(labels={"later": label}), [made[0]])

    async def test_keeps_its_files_when_it_is_stopped_and_started(self):
        sandbox = await self.create()
        await self.call(sandbox.process.exec, "echo kept > ~/kept.txt")
        await self.call(sandbox.stop)
        self.assertEqual(sandbox.state, "stopped")
        await self.call(sandbox.wait_for_sandbox_stop)
        await self.refused(400, "started|running|stopped", sandbox.process.exec, "true")
        await self.call(sandbox.start)
        await self.call(sandbox.wait_for_sandbox_start)
        self.assertEqual((await self.call(sandbox.process.exec, "cat ~/kept.txt")).result.strip(), "kept")

    async def test_is_started_stopped_and_deleted_by_the_client_too(self):
        sandbox = await self.create()
        await self.call(self.daytona.stop, sandbox)
        await self.call(self.daytona.start, sandbox)
        await self.call(sandbox.stop, force=True)
        await self.call(sandbox.refresh_data)
        self.assertEqual(sandbox.state, "stopped")
        await self.call(self.daytona.delete, sandbox, wait=True)
        await self.refused(404, "not found", self.daytona.get, sandbox.id)

    async def test_remembers_its_intervals_and_who_may_see_it(self):
        sandbox = await self.create(auto_stop_interval=60)
        await self.call(sandbox.set_autostop_interval, 90)
        await self.call(sandbox.set_auto_archive_interval, 120)
        await self.call(sandbox.set_auto_delete_interval, 30)
        await self.call(sandbox.set_public, True)
        await self.call(sandbox.refresh_activity)
        stored = await self.call(self.daytona.get, sandbox.id)
        self.assertEqual(
            (stored.auto_stop_interval, stored.auto_archive_interval, stored.auto_delete_interval, stored.public),
            (90, 120, 30, True),
        )

    async def test_is_waited_for_until_its_resize_is_over(self):
        sandbox = await self.create()
        sandbox.state = "resizing"
        await self.call(sandbox.wait_for_resize_complete, 5)
        self.assertEqual(sandbox.state, "started")

    async def test_knows_its_directories(self):
        sandbox = await self.create()
        self.assertEqual(await self.call(sandbox.get_user_home_dir), "/home/daytona")
        self.assertEqual(await self.call(sandbox.get_work_dir), "/home/daytona")

    async def test_is_gone_after_its_deletion(self):
        label = uuid.uuid4().hex
        sandbox = await self.create(labels={"label": label})
        await self.call(sandbox.delete)

        async def none_is_listed():
            return await self.ids(labels={"label": label}) == []

        await eventually(none_is_listed)

    async def test_says_what_is_wrong(self):
        missing = await self.refused(404, "not found", self.daytona.get, str(uuid.uuid4()))
        self.assertIsInstance(missing, DaytonaNotFoundError)
        stranger = self.client_with(api_key="dtn_" + "0" * 64)
        refused = await self.refused(401, "(?i)invalid credentials", stranger.get, str(uuid.uuid4()))
        self.assertIsInstance(refused, DaytonaAuthenticationError)
        await self.refused(400, "no-such-snapshot not found", self.create, snapshot="no-such-snapshot")
        taken = unique("taken")
        sandbox = await self.create(name=taken)
        self.assertIsInstance(await self.refused(409, "already exists", self.create, name=taken), DaytonaConflictError)
        await self.refused(400, "(?i)state", sandbox.start)
        await self.refused(400, "(?i)port", sandbox.get_preview_link, 70000)
