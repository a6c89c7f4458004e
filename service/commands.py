"""`onrecord serve`."""

from __future__ import annotations

import os

import click


@click.command(context_settings={"show_default": True})
@click.option("--host", default="127.0.0.1", envvar="ONRECORD_HOST", help="Address to listen on.")
@click.option("--port", default=8000, type=click.IntRange(0, 65535), envvar="ONRECORD_PORT", help="0 takes a free one.")
@click.option("--workers", default=2, type=click.IntRange(1), envvar="ONRECORD_WORKERS", help="Processes.")
@click.option(
    "--threads", default=4, type=click.IntRange(1), envvar="ONRECORD_THREADS", help="Threads in each process."
)
def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve the model over HTTP.

    More settings are environment variables: see docs/api.md.
    """
    # Read when NumPy is first imported, hence the imports below. With more threads a request is no faster,
    # and workers hang if their parent has run OpenMP before the fork.
    os.environ["OMP_NUM_THREADS"] = "1"
    from model.manifest import ModelError  # noqa: PLC0415
    from model.policy_file import PolicyError  # noqa: PLC0415
    from service.app import create_app  # noqa: PLC0415
    from service.server import Server  # noqa: PLC0415
    from service.settings import SettingsError  # noqa: PLC0415

    try:
        app = create_app()
    except (ModelError, PolicyError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    Server(app, host=host, port=port, workers=workers, threads=threads).run()
