import asyncio
import uuid
from types import SimpleNamespace

import calls
from clients import with_both_clients
from daytona import CreateSecretParams, DaytonaNotFoundError, Resources, UpdateSecretParams

NOTHING = str(uuid.UUID(int=0))


@with_both_clients
class Others:
    """Whatever else the client offers is answered or refused in words, and soon."""

    async def answered(self, *asked):
        for method, *args in asked:
            with self.subTest(getattr(method, "__qualname__", repr(method))):
                try:
                    await asyncio.wait_for(self.call(method, *args), 60)
                except Exception as error:
                    self.assertNotEqual(calls.outcome_of(error), calls.FAILS, repr(error))

    async def test_services(self):
        volume, secret, pool = self.daytona.volume, self.daytona.secret, self.daytona.warm_pool
        await self.answered(
            (volume.list,),
            (volume.get, "none"),
            (volume.create, "conformance"),
            (volume.delete, SimpleNamespace(id=NOTHING)),
            (secret.list,),
            (secret.get, NOTHING),
            (secret.create, CreateSecretParams(name="CONFORMANCE", value="x")),
            (secret.update, NOTHING, UpdateSecretParams(value="y")),
            (secret.delete, NOTHING),
            (pool.list,),
            (pool.update, NOTHING, 1),
            (pool.delete, NOTHING),
            (self.daytona.snapshot.activate, NOTHING),
            (self.daytona.snapshot.delete, NOTHING),
        )

    async def test_pools_of_a_snapshot_are_made_changed_and_deleted(self):
        pools = self.daytona.warm_pool
        pool = await self.call(pools.create, "default", 1)
        try:
            self.assertEqual((await self.call(pools.update, pool.id, 0)).pool, 0)
            self.assertIn(pool.id, [one.id for one in await self.call(pools.list)])
        finally:
            await self.call(pools.delete, pool.id)

    async def test_changes_of_a_sandbox(self):
        box = self.sandbox
        await self.answered(
            (box.get_user_root_dir,),
            (box.get_metrics_latest,),
            (box.get_metrics,),
            (box.download_url, "/tmp/x"),
            (box.upload_url, "/tmp/x"),
            (box.rotate_signing_key,),
            (box.set_auto_pause_interval, 0),
            (box.set_ttl, 60),
            (lambda: box.update_network_settings(network_block_all=False),),
            (box.update_secrets, {}),
            (box.update_env, {"A": "b"}),
            (box.create_signed_preview_url, 8123),
            (box.expire_signed_preview_url, 8123, "none"),
            (box.create_ssh_access,),
            (box.validate_ssh_access, "none"),
            (box.revoke_ssh_access, "none"),
            (box.resize, Resources(cpu=1)),
            (box.recover,),
            (box.archive,),
            (box.pause,),
            (box.fork,),
            (box.create_snapshot, f"conformance-{uuid.uuid4()}"),
        )

    async def test_contexts_of_the_interpreter(self):
        interpreter = self.sandbox.code_interpreter
        await self.answered((interpreter.list_contexts,), (interpreter.delete_context, SimpleNamespace(id=NOTHING)))

    async def test_the_desktop(self):
        desktop = self.sandbox.computer_use
        region = SimpleNamespace(x=0, y=0, width=10, height=10)
        await self.answered(
            (desktop.start,),
            (desktop.get_status,),
            (desktop.get_process_status, "xvfb"),
            (desktop.get_process_logs, "xvfb"),
            (desktop.get_process_errors, "xvfb"),
            (desktop.restart_process, "xvfb"),
            (desktop.mouse.get_position,),
            (desktop.mouse.move, 1, 1),
            (desktop.mouse.down,),
            (desktop.mouse.up,),
            (desktop.mouse.click, 1, 1),
            (desktop.mouse.drag, 1, 1, 2, 2),
            (desktop.mouse.scroll, 1, 1, "up"),
            (desktop.keyboard.type, "x"),
            (desktop.keyboard.press, "a"),
            (desktop.keyboard.hotkey, "ctrl+a"),
            (desktop.keyboard.down, "a"),
            (desktop.keyboard.up, "a"),
            (desktop.screenshot.take_full_screen,),
            (desktop.screenshot.take_region, region),
            (desktop.screenshot.take_compressed,),
            (desktop.screenshot.take_compressed_region, region),
            (desktop.display.get_info,),
            (desktop.display.get_windows,),
            (desktop.recording.list,),
            (desktop.recording.start,),
            (desktop.recording.stop, "none"),
            (desktop.recording.get, "none"),
            (desktop.recording.delete, "none"),
            (desktop.accessibility.get_tree,),
            (desktop.accessibility.find_nodes,),
            (desktop.accessibility.focus_node, "none"),
            (desktop.accessibility.invoke_node, "none"),
            (desktop.accessibility.set_node_value, "none", "x"),
            (desktop.stop,),
        )

    async def test_a_volume_that_does_not_exist(self):
        with self.assertRaises(DaytonaNotFoundError):
            await self.call(self.daytona.volume.get, "none")
