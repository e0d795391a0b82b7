"""Free requests in many words find the recipe that they mean, and no other."""

from __future__ import annotations

import pytest

from backwright.facts.backend import Backend
from backwright.recipes.match import Meaning, meaning_of
from backwright.recipes.outcome import Refused

WORDINGS = {
    "dockerfile": [
        "Generate a Dockerfile for this Node.js application with multi-stage builds for smaller"
        " images, non-root user, and health check endpoint.",
        "Create a Dockerfile",
        "dockerize this app",
        "Please containerize the service",
        "I need a container image for this API",
        "Write a multi-stage Docker build with a small final image",
        "make a docker image that does not run as root",
        "add a Dockerfile and a .dockerignore",
        "Replace the Dockerfile by one with a health check",
        "Containerise the Flask application with Python 3.12",
        "how can this run as a container?",
        "Write a Dockerfile to run this on Kubernetes",
    ],
    "compose": [
        "Create a docker-compose.yml that runs this application with PostgreSQL and Redis,"
        " including volume mounts for development.",
        "docker compose for this project",
        "write a compose file",
        "compose.yaml with mongo please",
        "I want to run the app with docker compose and a Postgres",
        "set up docker-compose for local development",
        "Generate a compose.yml with health checks for the databases",
        "replace the docker-compose file, add redis",
        "Docker Compose: app, mysql, rabbitmq",
        "containers for development with hot reload",
        "compose up should start everything, with the Dockerfile that is there",
    ],
    "ci-pipeline": [
        "Set up a CI pipeline with GitHub Actions that runs lint and tests on every push",
        "add CI",
        "create a GitHub Actions workflow",
        "add tests to CI",
        "continuous integration for this repository",
        "GitLab CI please",
        "write a pipeline that tests every pull request",
        "CI/CD for the API",
        "run the tests automatically on every commit",
        "GitHub workflow with a Postgres service for the tests",
        "pipeline with caching of npm packages",
        "Generate a .gitlab-ci.yml pipeline with tests",
    ],
    "kubernetes": [
        "Create Kubernetes manifests for this app with autoscaling and an ingress",
        "k8s deployment and service with 3 replicas",
        "write a kubernetes deployment with liveness and readiness probes",
        "deploy this to a Kubernetes cluster",
        "I need manifests for minikube",
        "kustomize setup for the API",
        "generate k8s yaml with a health check and resource limits",
        "Kubernetes with a ConfigMap and secrets for the environment",
        "a deployment.yaml with an HPA",
        "run the Docker image on Kubernetes",
        "replace the k8s manifests, in namespace shop",
    ],
    "terraform": [
        "Create Terraform for this application",
        "write a terraform module for AWS ECS with RDS",
        "infrastructure as code for the API",
        "provision the infrastructure on AWS with Fargate",
        "OpenTofu module, please",
        "deploy to Google Cloud Run with Terraform",
        "Terraform for a container service and a Postgres database",
        "IaC for this service on GCP",
        "deploy the Docker image to AWS with terraform",
        "terraform with Redis and secrets as sensitive variables",
        "set up cloud infrastructure with a load balancer on AWS",
    ],
}


@pytest.mark.parametrize(
    ("recipe", "request_"), [(name, it) for name, texts in WORDINGS.items() for it in texts]
)
def test_the_recipe_is_found(recipe: str, request_: str) -> None:
    meant = meaning_of(request_, Backend(), "", 0)
    assert isinstance(meant, Meaning), meant
    assert meant.recipe.id == recipe


ENDPOINTS = {
    "add-rate-limiting": [
        "add rate limiting to POST /login",
        "limit the number of requests per minute in production",
        "throttle the health check endpoint",
        "rate limit with Redis",
    ],
    "generate-tests": [
        "generate tests for POST /orders",
        "write tests for the health endpoint",
        "add tests for the upload of images",
        "write tests that run against PostgreSQL",
    ],
}


@pytest.mark.parametrize(
    ("recipe", "request_"), [(name, it) for name, texts in ENDPOINTS.items() for it in texts]
)
def test_recipes_for_endpoints_keep_their_requests(recipe: str, request_: str) -> None:
    """There is no endpoint here: the refusal names the recipe that was meant."""
    titles = {"add-rate-limiting": "add rate limiting", "generate-tests": "generate tests"}
    meant = meaning_of(request_, Backend(), "", 0)
    assert isinstance(meant, Refused), meant
    assert f"asks to {titles[recipe]}" in meant.reason
