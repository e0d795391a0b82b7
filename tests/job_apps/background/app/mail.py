async def welcome(address: str) -> None:
    print("welcome", address)


def log(line: str) -> None:
    print(line)
