from enrol import create_app

app = create_app()
