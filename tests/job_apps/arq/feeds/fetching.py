async def fetch(ctx, url: str) -> None:
    print("fetch", url)
