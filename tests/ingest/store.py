"""A real server that speaks S3, on loopback, and the environment that finds it."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BUCKET = "mail"


@dataclass(frozen=True)
class S3:
    """A server that runs.

    Attributes:
        endpoint: its URL.
        client: puts and deletes objects.
    """

    endpoint: str
    client: Any

    def put(self, key: str, data: bytes) -> str:
        """Put an object into the bucket.

        Returns:
            Its URL.
        """
        self.client.put_object(Bucket=BUCKET, Key=key, Body=data)
        return f"s3://{BUCKET}/{key}"

    def refuse(self, *, everybody: bool) -> None:
        """Have the server refuse everybody, or nobody."""
        import requests

        free = "0" if everybody else "inf"
        requests.post(f"{self.endpoint}/moto-api/reset-auth", data=free, timeout=10)

    @property
    def environment(self) -> dict[str, str]:
        """What a process must have in its environment; nothing of this machine's own is read."""
        return environment(self.endpoint)


def environment(endpoint: str) -> dict[str, str]:
    """See `S3.environment`."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }


@contextlib.contextmanager
def running() -> Iterator[S3]:
    """A server with an empty bucket; the process's environment is left as it is."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        client = boto3.client(
            "s3", endpoint_url=endpoint, region_name="us-east-1",
            aws_access_key_id="key", aws_secret_access_key="secret",
        )  # fmt: skip
        client.create_bucket(Bucket=BUCKET)
        yield S3(endpoint, client)
        client.close()
    finally:
        server.stop()
