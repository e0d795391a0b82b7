from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler


def session_guard(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    if not connection.user:
        raise NotAuthorizedException()


class HasScope:
    def __init__(self, scope: str) -> None:
        self.scope = scope

    def __call__(self, connection: ASGIConnection, _: BaseRouteHandler) -> None:
        connection.logger.info(self.scope)
