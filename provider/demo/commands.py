import click


@click.command("demo-month")
def demo_month() -> None:
    """Being written."""
