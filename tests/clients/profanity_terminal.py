"""profanity in a terminal of its own, operated by keys and read from the screen as a person does."""

import asyncio
import os
import subprocess

from queqiao_process import PATIENCE


class Profanity:
    """One profanity in a tmux server of its own. `folder` holds its settings, its history and tmux's socket."""

    def __init__(self, folder):
        os.makedirs(folder)
        self.environment = {**os.environ, "HOME": folder, "XDG_CONFIG_HOME": f"{folder}/config", "XDG_DATA_HOME": f"{folder}/data",
                            "TMUX_TMPDIR": folder, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        self.environment.pop("TMUX", None)
        self._tmux("new-session", "-d", "-x", "140", "-y", "50", "profanity")

    async def run(self, line):
        """Types one line. What is typed literally may begin with a dash, hence the --."""
        self._tmux("send-keys", "-l", "--", line)
        self._tmux("send-keys", "Enter")

    async def shows(self, text):
        """Returns once the screen has `text`; long lines are broken there, so it should be short."""
        screen = ""
        try:
            async with asyncio.timeout(PATIENCE):
                while text not in (screen := self.screen()):
                    await asyncio.sleep(0.05)  # a screen cannot be waited for, only looked at
        except TimeoutError:
            raise AssertionError(f"no {text!r} on the screen:\n{screen}") from None

    async def connect(self, address, port, password="secret"):
        await self.shows("Type '/help' to show complete help.")
        await self.run(f"/connect {address} server 127.0.0.1 port {port} tls trust")
        await self.shows("Enter password:")
        await self.run(password)

    def screen(self):
        return self._tmux("capture-pane", "-p")

    def end(self):
        """Ends tmux, and profanity with it; it is no error when they ended before."""
        subprocess.run(["tmux", "-L", "queqiao", "kill-server"], env=self.environment, stderr=subprocess.DEVNULL, check=False)

    def _tmux(self, *command):
        # Without a configuration file: the developer's own may change keys.
        return subprocess.run(["tmux", "-u", "-L", "queqiao", "-f", "/dev/null", *command], env=self.environment, check=True,
                              stdout=subprocess.PIPE, text=True).stdout
