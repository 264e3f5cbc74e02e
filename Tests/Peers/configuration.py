"""The broker's configuration."""

import json

from apps import APPS

POOL = "5e4cdd055df3df65dc58b97d"
ENCRYPTION_KEY = "e" * 32


def section(name, content):
    """A part of a configuration. JSON is YAML."""
    return f"{name}: {json.dumps(content)}\n"


SANDBOXED = "version: 1\n" + section("providers", {"wxapp": {"type": "wxapp", "settings": {"userPoolId": POOL}}})


def service(port, apps=APPS):
    """The part of a configuration for `broker serve`."""
    server = {
        "listen": f"127.0.0.1:{port}",
        "keyEncryptionKey": {"literal": ENCRYPTION_KEY},
        "limits": {"drainDelay": "0s"},
    }
    return section("server", server) + section("clients", {app.id: app.entry for app in apps})
