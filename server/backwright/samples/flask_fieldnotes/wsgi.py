from fieldnotes import create_app

app = create_app()
