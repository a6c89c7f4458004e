"""`onrecord serve` and `onrecord keys`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from service.keys import KeysError, add_key, read_keys, revoke_key
from service.settings import DEFAULT_KEYS


@click.command(context_settings={"show_default": True})
@click.option("--host", default="127.0.0.1", envvar="ONRECORD_HOST", help="Address to listen on.")
@click.option("--port", default=8000, type=click.IntRange(0, 65535), envvar="ONRECORD_PORT", help="0 takes a free one.")
@click.option("--workers", default=2, type=click.IntRange(1), envvar="ONRECORD_WORKERS", help="Processes.")
@click.option(
    "--threads", default=4, type=click.IntRange(1), envvar="ONRECORD_THREADS", help="Threads in each process."
)
@click.option(
    "--queue", default=64, type=click.IntRange(0), envvar="ONRECORD_QUEUE", help="Requests that wait in each process."
)
def serve(*, host: str, port: int, workers: int, threads: int, queue: int) -> None:
    """Serve the model over HTTP.

    SIGHUP takes the model anew, SIGTERM stops. More settings are environment variables: see docs/operating.md.
    """
    # Read when NumPy is first imported, hence the imports below. With more threads a request is no faster,
    # and workers hang if their parent has run OpenMP before the fork.
    os.environ["OMP_NUM_THREADS"] = "1"
    from service.metrics_folder import MetricsFolderError, metrics_folder  # noqa: PLC0415

    try:
        with metrics_folder():
            _serve(host=host, port=port, workers=workers, threads=threads, queue=queue)
    except MetricsFolderError as error:
        raise click.ClickException(str(error)) from error


def _serve(*, host: str, port: int, workers: int, threads: int, queue: int) -> None:
    from model.manifest import ModelError  # noqa: PLC0415
    from model.policy_file import PolicyError  # noqa: PLC0415
    from service.address import AddressError, check_address  # noqa: PLC0415
    from service.app import create_app  # noqa: PLC0415
    from service.authentication import ExposedError, check_exposure  # noqa: PLC0415
    from service.logs import configure  # noqa: PLC0415
    from service.server import Server  # noqa: PLC0415
    from service.settings import Settings, SettingsError  # noqa: PLC0415

    try:
        settings = Settings.from_env()
        check_exposure(settings, host)
        app = create_app(settings)
        check_address(host, port)
    except (ModelError, PolicyError, SettingsError, KeysError, ExposedError, AddressError) as error:
        raise click.ClickException(str(error)) from error
    configure()
    Server(app, settings, host=host, port=port, workers=workers, threads=threads, queue=queue).run()


@click.group()
@click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_KEYS,
    envvar="ONRECORD_KEYS",
    show_default="keys.json of the checkout",
    show_envvar=True,
    help="File of the keys.",
)
@click.pass_context
def keys(ctx: click.Context, file: Path) -> None:
    """Make, list and revoke API keys.

    Once there is a file of keys, the service asks for a key; it notices changes by itself.
    """
    ctx.obj = file


@contextmanager
def _told_errors() -> Iterator[None]:
    try:
        yield
    except KeysError as error:
        raise click.ClickException(str(error)) from error


@keys.command("add")
@click.argument("name")
@click.pass_obj
def add(file: Path, name: str) -> None:
    """Make a key for NAME and print it.

    It is printed this once: only its hash is kept.
    """
    with _told_errors():
        click.echo(add_key(file, name))


@keys.command("list")
@click.pass_obj
def list_(file: Path) -> None:
    """List names, and when each key was made."""
    with _told_errors():
        for key in read_keys(file):
            click.echo(f"{key.made}  {key.name}")


@keys.command("revoke")
@click.argument("name")
@click.pass_obj
def revoke(file: Path, name: str) -> None:
    """Revoke the key of NAME."""
    with _told_errors():
        revoke_key(file, name)
