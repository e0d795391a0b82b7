from typing import Any

from strawberry.permission import BasePermission
from strawberry.types import Info


class IsTenant(BasePermission):
    message = "tenants only"

    def has_permission(self, source: Any, info: Info, **kwargs: Any) -> bool:
        return bool(info.context.get("tenant"))
