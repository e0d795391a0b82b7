API = "/api"
VERSION = "2"
BASE = f"{API}/v{VERSION}"
INVOICES = BASE + "/invoices"
