import tempfile
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from types import SimpleNamespace

import calls
from clients import Sync, unique, with_both_clients
from daytona import CreateSecretParams, Resources, UpdateSecretParams

NOTHING = str(uuid.UUID(int=0))


def fetch(url, body=None):
    """As a stranger would: with the URL and nothing else."""
    headers = {"content-type": "application/octet-stream"} if body else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@with_both_clients
class Others:
    """Whatever else the client offers works, or is refused in words, and soon."""

    async def all_fail(self, outcome, asked):
        for method, *args in asked:
            with self.subTest(getattr(method, "__qualname__", repr(method))):
                await self.fails(outcome, method, *args)

    async def not_served(self, *asked):
        await self.all_fail(calls.NOT_SERVED, asked)

    async def no_desktop(self, *asked):
        await self.all_fail("answers 503", asked)

    async def test_volumes_and_secrets_are_not_served(self):
        volume, secret = self.daytona.volume, self.daytona.secret
        await self.not_served(
            (volume.list,),
            (volume.get, "none"),
            (volume.create, "conformance"),
            (volume.delete, SimpleNamespace(id=NOTHING)),
            (secret.list,),
            (secret.get, NOTHING),
            (secret.create, CreateSecretParams(name="CONFORMANCE", value="x")),
            (secret.update, NOTHING, UpdateSecretParams(value="y")),
            (secret.delete, NOTHING),
        )

    async def test_changes_of_a_sandbox_are_not_served(self):
        box = self.sandbox
        await self.not_served(
            (box.get_metrics,),
            (box.set_auto_pause_interval, 0),
            (box.set_ttl, 60),
            (lambda: box.update_network_settings(network_block_all=False),),
            (box.update_secrets, {}),
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
            (box.create_snapshot, unique("conformance")),
        )
        await self.call(box.refresh_data)
        self.assertEqual(box.state, "started")
        self.assertEqual(await self.run_command("echo well"), "well")

    async def test_metrics_and_directories(self):
        self.assertEqual(await self.call(self.sandbox.get_user_root_dir), "/home/daytona")
        metrics = await self.call(self.sandbox.get_metrics_latest)
        self.assertGreaterEqual(metrics.cpu_count, 1)
        self.assertTrue(0 < metrics.mem_used < metrics.mem_total, metrics)
        self.assertTrue(0 <= metrics.disk_used < metrics.disk_total, metrics)

    async def test_a_changed_environment_reaches_later_commands(self):
        await self.call(self.sandbox.update_env, {"MOOD": "cälm"})
        self.assertEqual(await self.run_command("echo $MOOD"), "cälm")
        await self.call(self.sandbox.update_env, {}, unset=["MOOD"])
        self.assertEqual(await self.run_command("echo ${MOOD-none}"), "none")
        await self.refused(400, "(?i)name", self.sandbox.update_env, {"1=2": "x"})

    async def test_urls_of_files_are_signed_until_the_key_is_replaced(self):
        path = "/tmp/signed/ä b.txt"
        answer = await Sync.call(fetch, await self.call(self.sandbox.upload_url, path), b"by url")
        self.assertEqual(answer[0], 200)
        self.assertEqual(await self.call(self.sandbox.fs.download_file, path), b"by url")
        url = await self.call(self.sandbox.download_url, path)
        self.assertEqual(await Sync.call(fetch, url), (200, b"by url"))
        await self.call(self.sandbox.rotate_signing_key)
        self.assertEqual((await Sync.call(fetch, url))[0], 401)

    async def test_contexts_of_the_interpreter(self):
        interpreter = self.sandbox.code_interpreter
        self.assertEqual(await self.call(interpreter.list_contexts), [])
        await self.refused(404, "does not exist", interpreter.delete_context, SimpleNamespace(id=NOTHING))

    async def test_there_is_no_desktop(self):
        desktop = self.sandbox.computer_use
        region = SimpleNamespace(x=0, y=0, width=10, height=10)
        await self.no_desktop(
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

    async def test_a_recording_that_cannot_be_downloaded_leaves_no_file(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "recording")
            await self.no_desktop((self.sandbox.computer_use.recording.download, "none", str(file)))
            self.assertFalse(file.exists())
