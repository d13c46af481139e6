import click


@click.command("bench")
def bench() -> None:
    """Being written."""
