"""Routers of our own: they only fill in defaults."""

import time
from collections.abc import Callable

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute


class TimedRoute(APIRoute):
    def get_route_handler(self) -> Callable:
        handler = super().get_route_handler()

        async def timed(request: Request) -> Response:
            started = time.perf_counter()
            response = await handler(request)
            response.headers["X-Elapsed"] = f"{time.perf_counter() - started:.6f}"
            return response

        return timed


class TimedRouter(APIRouter):
    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("route_class", TimedRoute)
        super().__init__(*args, **kwargs)


class InternalRouter(TimedRouter):
    """Everything under /internal stays out of the public schema."""

    def __init__(self) -> None:
        super().__init__(prefix="/internal", include_in_schema=False)


class ResourceRouter(APIRouter):
    def __init__(self, resource: str, version: int = 1) -> None:
        super().__init__(prefix=f"/v{version}/{resource}", tags=[resource])


class TelemetryApp(FastAPI):
    def __init__(self, **extra) -> None:
        super().__init__(title="Telemetry", **extra)
        self.add_api_route("/healthz", self.healthz, methods=["GET"])

    async def healthz(self) -> dict[str, str]:
        return {"status": "ok"}
