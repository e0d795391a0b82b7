from shop.celery_app import app


@app.task(name="stock.recount")
def recount() -> None:
    print("recount")


@app.task(name="stock.reserve", queue="shelves", autoretry_for=(OSError,), max_retries=1)
def reserve(item_id: int) -> None:
    print("reserve", item_id)
