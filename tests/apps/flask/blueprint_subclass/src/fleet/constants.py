VERSION = 3
DRIVERS_PREFIX = f"/api/v{VERSION}/drivers"
