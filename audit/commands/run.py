"""`onrecord audit run`: score an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from audit.commands.inputs import dry_run, found, input_options
from audit.commands.options import model_option
from audit.parts.scoring import Rules
from audit.readers import InputError
from audit.runs.driver import Job, run_job
from audit.runs.errors import RunError
from model.artefact import ModelError, load_manifest
from model.policy import Policy
from model.policy_file import DEFAULT, PolicyError, load_policies

#: What a shell gives for a program that Ctrl-C has stopped.
_INTERRUPTED: Final = 130


@click.command()
@input_options
@click.option(
    "--day-first/--month-first",
    default=None,
    help="How to read dates such as 03/04/2021; they are left out where this is not said.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the run: new, or begun by the same command.  [required]",
)
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be read, and do nothing.")
@model_option
@click.option(
    "--policies",
    "policy_file",
    type=click.Path(path_type=Path),
    envvar="ONRECORD_POLICIES",
    show_envvar=True,
    help="File of your own policies, in TOML.",
)
@click.option("--policy", "policy_name", default=DEFAULT, show_default=True, help="Name of the policy to judge by.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes to score with; one for each core by default.")
@click.option(
    "--scheduler", metavar="URL", help="Score with the workers of this Dask scheduler, such as tcp://10.0.0.1:8786."
)
@click.option(
    "--part-records",
    type=click.IntRange(min=1),
    default=500,
    show_default=True,
    help="Most records in a part: what is begun anew, for each worker, when a run goes on.",
)
@click.pass_context
def run(
    ctx: click.Context,
    /,
    *,
    patterns: tuple[str, ...],
    kind: str | None,
    day_first: bool | None,
    out: Path | None,
    dry: bool,
    model: Path,
    policy_file: Path | None,
    policy_name: str,
    workers: int | None,
    scheduler: str | None,
    part_records: int,
    **columns: str | None,
) -> None:
    """Score an archive: every article, and every sentence of it.

    INPUT is a file, a folder, a glob or a URL (s3://, gs://) of JSON lines, CSV, Parquet, WARC, texts or HTML pages,
    plain or compressed with gzip or Zstandard. The tables come as Parquet files. A run that was stopped, however that
    happened, goes on when the same command is given again.
    """
    if out is None and not dry:
        raise click.UsageError("Missing option '--out'.")
    if workers and scheduler:
        raise click.UsageError("--workers and --scheduler exclude each other: a cluster has its own workers")
    try:
        inputs = found(patterns, kind, columns)
        if dry or out is None:
            for line in dry_run(inputs):
                click.echo(line)
            return
        for name in inputs.passed_over:
            click.echo(f"{name}: passed over, of no kind that is read", err=True)
        rules = Rules(_policy(policy_file, policy_name), day_first)
        counts = run_job(Job(inputs.inputs, out, model, rules, part_records, scheduler, workers), load_manifest(model))
    except (InputError, ModelError, PolicyError, RunError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or out}: {error.strerror}") from error
    except KeyboardInterrupt:
        click.echo("Stopped. The same command goes on from here.", err=True)
        ctx.exit(_INTERRUPTED)
    click.echo(
        f"{counts['records']:,} records: {counts['articles']:,} scored, {counts['rejected']:,} rejected; "
        f"{counts['sentences']:,} sentences; {counts['duplicates']:,} articles repeat an earlier one"
    )
    click.echo(f"The tables are in {out}")


def _policy(path: Path | None, name: str) -> Policy:
    policies = load_policies(path)
    if name not in policies:
        raise PolicyError(f"no policy is named '{name}'; there are {', '.join(policies)}")
    return policies[name]
