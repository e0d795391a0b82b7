import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    reports_enabled: bool = True
    sandbox: bool = bool(os.environ.get("INVOICING_SANDBOX"))
    token: str = os.environ.get("INVOICING_TOKEN", "")


config = Config()
