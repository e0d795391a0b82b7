from lab import make_app

app = make_app()
