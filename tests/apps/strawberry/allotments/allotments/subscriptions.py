from collections.abc import AsyncGenerator

import strawberry


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def plot_freed(self, row_number: int) -> AsyncGenerator[int, None]:
        yield row_number
