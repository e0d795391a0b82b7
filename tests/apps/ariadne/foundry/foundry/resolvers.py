from ariadne import MutationType, ObjectType, SubscriptionType

query = ObjectType("Query")
mutation = MutationType()
subscription = SubscriptionType()


@query.field("castings")
def resolve_castings(_, info, alloy=None):
    return []


@query.field("casting")
async def resolve_casting(_, info, id):
    return {"id": id}


def alloys(*_):
    return ["bronze"]


query.set_field("alloys", alloys)


@mutation.field("pour")
def pour(_, info, alloy, weight):
    return {"id": alloy}


@subscription.source("poured")
async def poured(_, info):
    yield 1
