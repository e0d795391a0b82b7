import dramatiq
from dramatiq.brokers.stub import StubBroker

broker = StubBroker()
dramatiq.set_broker(broker)

QUEUE = "images"


@dramatiq.actor(queue_name=QUEUE, max_retries=3, min_backoff=1000)
def resize(path: str) -> None:
    frame.send(path)  # -> frame


@dramatiq.actor
def frame(path: str) -> None:
    print("frame", path)


@dramatiq.actor(actor_name="publish-image", max_retries=0)
def publish(path: str) -> None:
    print("publish", path)
