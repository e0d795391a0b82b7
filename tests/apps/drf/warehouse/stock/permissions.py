from rest_framework.permissions import SAFE_METHODS, BasePermission


class IsKeeper(BasePermission):
    def has_permission(self, request, view):
        return request.user.groups.filter(name="keepers").exists()


class OpenToRead(BasePermission):
    def has_permission(self, request, view):
        return request.method in SAFE_METHODS
