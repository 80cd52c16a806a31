import os
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from clients import Sync, eventually, with_both_clients
from daytona import SessionExecuteRequest

PORT = 8123


def status_and_text(url, headers):
    """Of a page behind a preview URL; names below .localhost mean this machine."""
    host = urlsplit(url)
    request = urllib.request.Request(f"{host.scheme}://127.0.0.1:{host.port}{host.path or '/'}", headers=headers)
    request.add_header("Host", host.netloc)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@with_both_clients
class Previews:
    async def page(self, link, **headers):
        return await Sync.call(status_and_text, link.url, {"accept": "application/json", **headers})

    async def test_open_with_their_token_or_the_key_and_stay_closed_otherwise(self):
        process = self.sandbox.process
        await self.run_command("mkdir -p ~/site && echo 'it works' > ~/site/index.html")
        await self.call(process.create_session, "web")
        command = f"cd ~/site && python3 -m http.server {PORT}"
        request = SessionExecuteRequest(command=command, run_async=True)
        await self.call(process.execute_session_command, "web", request)
        link = await self.call(self.sandbox.get_preview_link, PORT)
        self.assertTrue(urlsplit(link.url).hostname.startswith(f"{PORT}-{self.sandbox.id}."))
        token = {"x-daytona-preview-token": link.token}

        async def opens():
            return (await self.page(link, **token))[0] == 200

        await eventually(opens)
        self.assertEqual(await self.page(link, **token), (200, "it works\n"))
        key = {"authorization": f"Bearer {os.environ['DAYTONA_API_KEY']}"}
        self.assertEqual(await self.page(link, **key), (200, "it works\n"))
        self.assertEqual((await self.page(link))[0], 401)
        self.assertEqual((await self.page(link, **{"x-daytona-preview-token": "wrong"}))[0], 401)
        closed = await self.call(self.sandbox.get_preview_link, 9)
        self.assertEqual((await self.page(closed, **{"x-daytona-preview-token": closed.token}))[0], 502)
