"""Commands that exit 0 when an application answers, with what its image has anyway."""

from __future__ import annotations

from backwright.recipes.infrastructure.application import Application

_CONNECTS = (
    "require('net').connect({port}).on('connect', () => process.exit(0))"
    ".on('error', () => process.exit(1))"
)
_FETCHES = "fetch({url}).then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"


def probe(app: Application, path: str) -> list[str]:
    """Asks for `path`; where that is "" it is enough that the port is open."""
    write = {"node": _node, "ruby": _ruby}.get(app.language, _python)
    return write(app, path)


def _node(app: Application, path: str) -> list[str]:
    if not path:
        port = "process.env.PORT" if app.reads_port else str(app.port)
        return ["node", "-e", _CONNECTS.format(port=port)]
    port = "' + process.env.PORT + '" if app.reads_port else str(app.port)
    return ["node", "-e", _FETCHES.format(url=f"'http://127.0.0.1:{port}{path}'")]


def _python(app: Application, path: str) -> list[str]:
    code = f"import socket; socket.create_connection(('127.0.0.1', {app.port}), 3)"
    if path:
        url = f"http://127.0.0.1:{app.port}{path}"
        code = f"import urllib.request; urllib.request.urlopen('{url}', timeout=3)"
    return ["python", "-c", code]


def _ruby(app: Application, path: str) -> list[str]:
    if not path:
        return ["ruby", "-rsocket", "-e", f"TCPSocket.new('127.0.0.1', {app.port}).close"]
    url = f"http://127.0.0.1:{app.port}{path}"
    code = f"exit Net::HTTP.get_response(URI('{url}')).code.to_i < 400"
    return ["ruby", "-rnet/http", "-e", code]
