"""Where every router hangs."""

from fastapi import APIRouter, Depends, FastAPI

from invoicing import paths
from invoicing.config import Config
from invoicing.guards import require_accountant, require_token
from invoicing.paths import BASE, INVOICES
from invoicing.routers import customers, invoices, ledger, reports, sandbox

WEBHOOKS = "hooks"


def register_routes(app: FastAPI, config: Config) -> None:
    app.include_router(invoices.router, prefix=INVOICES, dependencies=[Depends(require_token)])
    app.include_router(customers.router, prefix=f"{paths.BASE}/customers")
    app.include_router(invoices.webhooks, prefix=f"/{WEBHOOKS}/{customers.NAME}")

    if config.reports_enabled:
        app.include_router(
            reports.router,
            prefix=f"{BASE}/reports",
            dependencies=[Depends(require_token), Depends(require_accountant)],
        )
    if config.sandbox:
        app.include_router(sandbox.router, prefix="/sandbox", include_in_schema=False)

    office = APIRouter(dependencies=[Depends(require_accountant)])
    _add_ledgers(office, "/ledgers")
    app.include_router(office, prefix=BASE)
    app.add_api_route("/version", version, methods=["GET"])


def version() -> dict[str, str]:
    return {"api": paths.VERSION}


def _add_ledgers(router: APIRouter, prefix: str) -> None:
    router.include_router(ledger.router, prefix=prefix)
