"""The district next door, with its own people and a small month: what nobody of the first district may see."""

from provider.demo.benefits import Worth
from provider.demo.counting_out import people_at
from provider.demo.files import Sender, list_file
from provider.demo.lists_come_in import fund, send_and_accept
from provider.demo.paydays import end, open_alone, serve
from provider.demo.planning import AFTERNOON, plan_at
from provider.demo.population import DONG_HA, Census, Population
from provider.demo.stage import Stage
from provider.payouts.planning import plan_month
from provider.points.models import Opening

SENDER = Sender("UBND THÀNH PHỐ ĐÔNG HÀ", "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Đông Hà", "dh")
CREW_SUFFIX = ".dh"


def population_of(stage: Stage, people: int, *, seed: str) -> Population:
    """Who stands on the lists next door."""
    census = Census(DONG_HA, stage.month, Worth(stage.session, stage.month), seed=seed)
    return census.population(people // 3, people - people // 3)


def begin(stage: Stage, population: Population) -> list[Opening]:
    """Lists, money, channels, two openings."""
    worth = Worth(stage.session, stage.month)
    files = {
        programme: list_file(SENDER, lines, stage.month, worth, programme=programme)
        for programme, lines in population.lines.items()
    }
    send_and_accept(stage, files)
    fund(stage)
    plan_month(stage.session, [period.id for period in stage.periods().values()], by=stage.accountant)
    first, second = stage.days.paydays[1], stage.days.to_come
    return [
        plan_at(stage, "Phường 1", first, AFTERNOON, ("diem.dh",)),
        plan_at(stage, "Phường 5", second, AFTERNOON, ("diem.dh",)),
    ]


def pay(stage: Stage, opening: Opening) -> None:
    """One afternoon."""
    people = people_at(stage, opening_id=opening.id)
    payer = open_alone(stage, opening.id, opening.on, "diem.dh", people)
    serve(stage, payer, opening.on, ("13:40", "16:00"), people, leave_every=9)
    stage.walk.to(opening.on, "16:20")
    payer.close()
    end(stage, opening.id)
