def staff_guard(connection, handler) -> None:
    if not connection.user.is_staff:
        raise PermissionError
