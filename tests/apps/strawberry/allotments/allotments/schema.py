import strawberry
from strawberry.tools import merge_types

from allotments.mutations import Mutation
from allotments.queries import GardenQuery, WeatherQuery
from allotments.subscriptions import Subscription

Query = merge_types("Query", (GardenQuery, WeatherQuery))

schema = strawberry.Schema(query=Query, mutation=Mutation, subscription=Subscription)
