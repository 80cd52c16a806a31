import tempfile
from pathlib import Path

from clients import with_both_clients
from daytona import DaytonaError, DaytonaNotFoundError, FileDownloadRequest, FileUpload

MIB = 1024 * 1024


@with_both_clients
class Files:
    @property
    def fs(self):
        return self.sandbox.fs

    async def read(self, path):
        return await self.call(self.fs.download_file, path)

    def folder(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        return Path(directory.name)

    async def test_come_back_as_they_were_sent(self):
        everything = bytes(range(256)) * 2
        for path, content in {"small.txt": "hällo\n".encode(), "/tmp/a b&c.bin": everything, "/tmp/empty": b""}.items():
            await self.call(self.fs.upload_file, content, path)
            self.assertEqual(await self.read(path), content)
        self.assertEqual(await self.run_command("cat ~/small.txt; stat -c %U ~/small.txt"), "hällo\ndaytona")

    async def test_of_100_mib_go_from_disk_to_disk(self):
        folder = self.folder()
        content = bytes(range(256)) * (100 * MIB // 256)
        (folder / "up").write_bytes(content)
        await self.call(self.fs.upload_file, str(folder / "up"), "/tmp/large")
        await self.call(self.fs.download_file, "/tmp/large", str(folder / "down"))
        self.assertEqual((folder / "down").read_bytes(), content)
        await self.call(self.fs.delete_file, "/tmp/large")

    async def test_are_streamed_both_ways(self):
        sent, received = [], []
        content = b"stream" * MIB
        await self.call(self.fs.upload_file_stream, content, "/tmp/stream", on_progress=sent.append)
        chunks = await self.collect(self.fs.download_file_stream, "/tmp/stream", on_progress=received.append)
        self.assertEqual(b"".join(chunks), content)
        self.assertEqual(sent[-1].bytes_sent, len(content))
        self.assertEqual(received[-1].bytes_received, len(content))

    async def test_are_replaced_by_an_empty_stream(self):
        await self.write("/tmp/replaced", "before")
        await self.call(self.fs.upload_file_stream, b"", "/tmp/replaced")
        self.assertEqual(await self.call(self.fs.download_file, "/tmp/replaced"), b"")
        # This client takes a stream without a byte for none, whatever the server sends.
        with self.assertRaisesRegex(DaytonaError, "No file data received"):
            await self.collect(self.fs.download_file_stream, "/tmp/replaced")

    async def test_that_cannot_be_streamed_are_refused_with_the_reason(self):
        for path, reason in (("/tmp/no-such-file", "(?i)no such file|not found"), ("/tmp", "(?i)directory")):
            with self.assertRaisesRegex(DaytonaError, reason):
                await self.collect(self.fs.download_file_stream, path)
        for path, reason in (("/etc/not-mine", "(?i)permission|denied"), ("/tmp", "(?i)directory")):
            await self.refused(400, reason, self.fs.upload_file_stream, b"x", path)

    async def test_are_sent_and_fetched_together(self):
        uploads = [FileUpload(b"a", "/tmp/many/a.txt"), FileUpload(b"b", "/tmp/many/deep/b.txt")]
        await self.call(self.fs.upload_files, uploads)
        wanted = [FileDownloadRequest(upload.destination) for upload in uploads]
        answers = await self.call(self.fs.download_files, [*wanted, FileDownloadRequest("/tmp/many/none")])
        self.assertEqual([answer.result for answer in answers], [b"a", b"b", None])
        self.assertRegex(answers[2].error, "(?i)no such file|not found")

    async def test_10000_of_them_are_sent_listed_and_found(self):
        await self.run_command("mkdir /tmp/lots && cd /tmp/lots && seq -f 'file-%g' 10000 | xargs touch")
        listed = await self.call(self.fs.list_files, "/tmp/lots")
        self.assertEqual(len({file.name for file in listed}), 10_000)
        found = await self.call(self.fs.search_files, "/tmp/lots", "file-1234*")
        self.assertCountEqual([Path(path).name for path in found.files], ["file-1234"])
        uploads = [FileUpload(b"%d" % i, f"/tmp/sent/{i}") for i in range(1_000)]
        await self.call(self.fs.upload_files, uploads)
        self.assertEqual(await self.run_command("cat /tmp/sent/* | wc -c"), str(sum(len(f.source) for f in uploads)))
        await self.call(self.fs.delete_file, "/tmp/lots", recursive=True)
        await self.run_command("! test -e /tmp/lots")

    async def test_tell_their_size_mode_and_owner(self):
        await self.write("/tmp/details.txt", "12345")
        await self.call(self.fs.set_file_permissions, "/tmp/details.txt", mode="640")
        details = await self.call(self.fs.get_file_info, "/tmp/details.txt")
        self.assertEqual(
            (details.name, details.size, details.is_dir, details.mode, details.owner),
            ("details.txt", 5, False, "-rw-r-----", "1000"),
        )

    async def test_are_moved_and_deleted_and_folders_made(self):
        await self.call(self.fs.create_folder, "/tmp/folder/inner", "750")
        self.assertEqual((await self.call(self.fs.get_file_info, "/tmp/folder/inner")).mode, "drwxr-x---")
        await self.write("/tmp/folder/x", "x")
        await self.call(self.fs.move_files, "/tmp/folder/x", "/tmp/folder/inner/y")
        self.assertEqual([file.name for file in await self.call(self.fs.list_files, "/tmp/folder/inner")], ["y"])
        await self.call(self.fs.delete_file, "/tmp/folder/inner/y")
        self.assertEqual(await self.call(self.fs.list_files, "/tmp/folder/inner"), [])

    async def test_are_searched_and_their_texts_replaced(self):
        await self.write("/tmp/texts/one.txt", "first\nsecond line\n")
        await self.write("/tmp/texts/two.txt", "nothing\n")
        matches = await self.call(self.fs.find_files, "/tmp/texts", "second")
        self.assertEqual([(m.file, m.line, m.content) for m in matches], [("/tmp/texts/one.txt", 2, "second line")])
        self.assertEqual(await self.call(self.fs.find_files, "/tmp/texts", "no such text"), [])
        results = await self.call(self.fs.replace_in_files, ["/tmp/texts/one.txt"], "second", "third")
        self.assertEqual([(result.file, result.success) for result in results], [("/tmp/texts/one.txt", True)])
        self.assertEqual(await self.read("/tmp/texts/one.txt"), b"first\nthird line\n")

    async def test_that_do_not_exist_or_may_not_be_read_are_reported(self):
        missing = await self.refused(404, "(?i)no such file|not found", self.fs.get_file_info, "/tmp/none")
        self.assertIsInstance(missing, DaytonaNotFoundError)
        await self.refused(404, "(?i)no such file|not found", self.fs.download_file, "/tmp/none")
        await self.refused(404, "(?i)no such file|not found", self.fs.list_files, "/tmp/none")
        await self.refused(404, "(?i)no such file|not found", self.fs.move_files, "/tmp/none", "/tmp/some")
        await self.refused(404, "(?i)no such file|not found", self.fs.delete_file, "/tmp/none")
        await self.refused(404, "(?i)no such file|not found", self.fs.set_file_permissions, "/tmp/none", mode="600")
        await self.refused(403, "(?i)permission", self.fs.list_files, "/root")
        await self.refused(400, "(?i)permission", self.fs.upload_file, b"x", "/etc/passwd")
        await self.refused(400, "(?i)mode", self.fs.create_folder, "/tmp/odd", "rwx")
