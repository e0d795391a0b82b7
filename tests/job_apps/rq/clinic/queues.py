from redis import Redis
from rq import Queue

redis = Redis()
letters = Queue("letters", connection=redis)
plain = Queue(connection=redis)
