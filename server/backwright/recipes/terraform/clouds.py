"""What the clouds call things: the databases they run, and the variables their modules need."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Input:
    """A variable of the module; `default` is an expression, "" for one that must be given."""

    name: str
    description: str
    type: str = "string"
    default: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Cloud:
    """One cloud. Addresses are expressions for what its `database.tf` and `cache.tf` make.

    `engines` are the engine and version by the service. `inputs` are always there; `database`,
    `cache` and `private` (for either of them) are the further ones that these need. The cloud sets
    `own_variables` itself, they may not be told.
    """

    key: str
    title: str
    service: str
    words: tuple[str, ...]
    engines: dict[str, tuple[str, str]]
    database_address: str
    cache_address: str
    cache_scheme: str
    inputs: tuple[Input, ...]
    database: tuple[Input, ...]
    cache: tuple[Input, ...]
    private: tuple[Input, ...] = ()
    own_variables: frozenset[str] = frozenset()


_IMAGE = Input("image", "The image with its tag, such as registry.example.com/app:1.2.0.")

AWS = Cloud(
    key="aws",
    title="AWS",
    service="ECS on Fargate behind a load balancer",
    words=("aws", "amazon", "ecs", "fargate", "rds", "elasticache"),
    engines={"postgresql": ("postgres", "17"), "mysql": ("mysql", "8.4")},
    database_address="${aws_db_instance.database.address}",
    cache_address="${aws_elasticache_replication_group.cache.primary_endpoint_address}",
    cache_scheme="rediss",
    inputs=(
        Input("region", "The region of AWS.", default='"eu-central-1"'),
        _IMAGE,
        Input("vpc_id", "The VPC that everything is in."),
        Input("public_subnet_ids", "Subnets of the load balancer.", "list(string)"),
        Input("private_subnet_ids", "Subnets of tasks and databases.", "list(string)"),
        Input("certificate_arn", "The certificate of the application's domain."),
        Input("cpu", "CPU units of a task.", "number", "256"),
        Input("memory", "Memory of a task in MiB.", "number", "512"),
    ),
    database=(Input("database_class", "Size of the database.", default='"db.t4g.micro"'),),
    cache=(Input("cache_class", "Size of the cache.", default='"cache.t4g.micro"'),),
)
GCP = Cloud(
    key="gcp",
    title="Google Cloud",
    service="Cloud Run",
    words=("gcp", "google", "cloudrun", "cloud run", "cloud sql"),
    engines={"postgresql": ("POSTGRES_17", ""), "mysql": ("MYSQL_8_4", "")},
    database_address="${google_sql_database_instance.database.private_ip_address}",
    cache_address="${google_redis_instance.cache.host}",
    cache_scheme="redis",
    inputs=(
        Input("project", "The project of Google Cloud."),
        Input("region", "The region.", default='"europe-west1"'),
        _IMAGE,
        Input("public", "Whether anyone may call the application.", "bool", "false"),
        Input("cpu", "CPUs of an instance.", default='"1"'),
        Input("memory", "Memory of an instance.", default='"512Mi"'),
    ),
    database=(Input("database_class", "Size of the database.", default='"db-g1-small"'),),
    cache=(),
    private=(
        Input("network", "The VPC, as its self link; it needs private services access."),
        Input("subnetwork", "The subnet that the application reaches the network through."),
    ),
    own_variables=frozenset({"PORT"}),
)
CLOUDS = (AWS, GCP)
