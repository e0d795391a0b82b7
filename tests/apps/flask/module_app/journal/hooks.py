import journal


@journal.app.post("/hooks/publish")
def published():
    return "", 204
