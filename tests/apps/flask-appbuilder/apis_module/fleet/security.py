from flask_appbuilder.security.sqla.apis import UserApi
from flask_appbuilder.security.sqla.manager import SecurityManager


class FleetUsers(UserApi):
    exclude_route_methods = {"delete"}


class FleetSecurity(SecurityManager):
    user_api = FleetUsers
