"""`orebook hedge`, and `orebook verify` of the folder that it writes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import orebook
from tests.cli.commands import TEACHING
from tests.cli.commands import orebook as command

BAN = TEACHING / "ban"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hedged plan of `ban`, as the command writes it."""
    place = tmp_path_factory.mktemp("written") / "plan"
    done = command("hedge", BAN, "--out", place)
    assert done.returncode == 0
    assert (
        "Planning for all futures is worth USD 4,550.\nKnowing the future from week 1 would be worth USD 350.00."
        in (done.stdout)
    )
    assert "cost: 10,400.00 over all futures, none better than 10,400.00" in done.stdout
    assert done.stderr.endswith(f"\nwritten: {place}\n")
    return place


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy, to be spoilt."""
    shutil.copytree(written, tmp_path / "plan")
    return tmp_path / "plan"


def test_the_folder_is_that_of_a_plan_with_a_folder_a_future(written: Path) -> None:
    """With what makes each complete by itself."""
    assert (written / "hedge.json").is_file()
    assert (written / "plan.json").is_file()
    for future in ("as-it-stands", "ban"):
        there = sorted(p.name for p in (written / "futures" / future).iterdir())
        assert there == ["instance.json", "model.json", "plan.json"]


def test_what_the_command_writes_the_library_opens(written: Path) -> None:
    """As what `orebook.hedge` gives."""
    there, found = orebook.open_hedge(written), orebook.hedge(BAN)
    assert there.problem == found.problem
    assert there.document.model_dump(exclude={"stages"}) == found.document.model_dump(exclude={"stages"})


def test_json_is_the_document_that_is_written(tmp_path: Path) -> None:
    """And nothing else on the output."""
    done = command("hedge", BAN, "--json", "--no-audit", "--out", tmp_path / "plan")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told == json.loads((tmp_path / "plan" / "hedge.json").read_text(encoding="utf-8"))
    assert told["audited"] is False


def test_the_orders_are_checked_on_fresh_draws(tmp_path: Path) -> None:
    """Beside hedge.json, which stays as it is; said in a table and a sentence. What cannot be drawn is bad input."""
    place, hazard = tmp_path / "plan", "hazards+=hazard:dear,change:offers.china-later.price_usd_per_t=300,chance:0.5"
    problem = orebook.read(BAN).change(hazard)
    orebook.write_instance(problem, tmp_path / "dear")
    asked = ("hedge", tmp_path / "dear", "--out", place, "--no-audit")
    done = command(*asked, "--check", "3", "--workers", "2")
    assert done.returncode == 0
    assert "Checked on fresh draws (cost, USD)" in done.stdout
    assert "Over draws that it was not planned for, hedging saves " in done.stdout
    check = json.loads((place / "check.json").read_text(encoding="utf-8"))
    assert (check["schema"], check["asked"], len(check["draws"])) == ("orebook/check/1", 3, 3)
    assert "check" not in json.loads((place / "hedge.json").read_text(encoding="utf-8"))
    assert orebook.open_hedge(place).status == "optimal"
    again = command(*asked, "--json")
    assert (again.returncode, (place / "check.json").exists()) == (0, False)
    none = command("hedge", BAN, "--out", tmp_path / "none", "--check", "3", "--no-audit")
    assert none.returncode == 2
    assert "has no hazard that can strike" in none.stderr


def test_changes_come_first(tmp_path: Path) -> None:
    """At a probability of 6 % one waits."""
    rare = ("--set", "futures.ban.probability=0.06", "--set", "futures.as-it-stands.probability=0.94")
    done = command("hedge", BAN, *rare, "--no-audit", "--json", "--out", tmp_path / "plan")
    assert (done.returncode, json.loads(done.stdout)["tickets"]) == (0, [])
    assert orebook.open_hedge(tmp_path / "plan").problem.changes == (*rare[1::2],)
    assert command("verify", BAN, tmp_path / "plan", *rare).returncode == 0
    assert command("verify", BAN, tmp_path / "plan").returncode == 1


def test_the_tail_is_part_of_what_is_best(tmp_path: Path) -> None:
    """It stands in the file, and the file holds."""
    averse = ("--tail", "0.2", "--tail-weight", "0.5")
    done = command("hedge", BAN, *averse, "--no-audit", "--json", "--out", tmp_path / "plan")
    assert json.loads(done.stdout)["risk"] == {"tail": 0.2, "tail_weight": 0.5}
    assert command("verify", BAN, tmp_path / "plan").returncode == 0


@pytest.mark.parametrize(
    ("options", "status", "says"),
    [
        (("--set", "offers.nix.lot_t=3"), 2, 'no row of offers.csv has offer "nix"'),
        (("--set", "futures.ban.probability=0.06"), 2, "the probabilities of all futures come to 0.56"),
        (("--model", "nix"), 2, "nix"),
        (("--tail-weight", "1"), 2, "tail-weight"),
        (("--tail", "0"), 2, "tail"),
        (("--set", "offers.ally=none", "--set", "offers.china-now=none"), 3, "no plan: In the future ban, even alone:"),
    ],
)
def test_what_gives_no_hedged_plan(options: tuple[str, ...], status: int, says: str, tmp_path: Path) -> None:
    """Said on the error output, with the status of `solve`; nothing is written."""
    done = command("hedge", BAN, *options, "--out", tmp_path / "plan")
    assert (done.returncode, done.stdout) == (status, "")
    assert says in done.stderr
    assert not (tmp_path / "plan").exists()


def test_without_time_there_is_no_plan_or_one_without_proof(tmp_path: Path) -> None:
    """Nothing is written, or what is written holds and says that it is not proven."""
    done = command("hedge", BAN, "--time-limit", "0", "--out", tmp_path / "plan")
    assert done.returncode in (4, 5)
    if done.returncode == 5:
        assert "before a first plan was found" in done.stderr
        assert not (tmp_path / "plan").exists()
    else:
        assert orebook.open_hedge(tmp_path / "plan").status == "feasible"
        assert command("verify", BAN, tmp_path / "plan").returncode == 0


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """It is not written over."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = command("hedge", BAN, "--no-audit", "--out", tmp_path)
    assert done.returncode == 70
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_hedged_plan_holds(written: Path) -> None:
    """By its folder and by its hedge.json; in words and as JSON."""
    for path in (written, written / "hedge.json"):
        done = command("verify", BAN, path)
        assert (done.returncode, done.stdout) == (0, "the hedged plan holds in 2 futures\n")
    told = json.loads(command("verify", BAN, written, "--json").stdout)
    assert (told["ok"], told["apart"], told["differences"]) == (True, [], [])
    assert {name: v["ok"] for name, v in told["futures"].items()} == {"as-it-stands": True, "ban": True}


def test_one_futures_plan_is_checked_by_itself(written: Path) -> None:
    """Its plan.json, held against what is known from week 2 on."""
    news = ("--set", "origins.china.barred=yes", "--known", "2", "--in-transit", "arrive")
    assert command("verify", BAN, written / "futures" / "ban" / "plan.json", *news).returncode == 0


def test_a_hedged_plan_that_does_not_hold_is_refused(folder: Path) -> None:
    """A probability that is not the instance's, named."""
    file = folder / "hedge.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"probability": 0.5', '"probability": 0.25', 1), "utf-8")
    done = command("verify", BAN, folder)
    assert done.returncode == 1
    assert "does not follow: futures[as-it-stands].probability is 0.25, 0.5 follows" in done.stdout
    assert done.stdout.endswith("the hedged plan does not hold\n")
    told = command("verify", BAN, folder, "--json")
    assert (told.returncode, json.loads(told.stdout)["ok"]) == (1, False)


def test_a_folder_that_is_not_whole_is_bad_input(folder: Path) -> None:
    """A future's plan that is missing is named by its place in the folder; a hedge.json that cannot be read by itself."""
    (folder / "futures" / "ban" / "plan.json").unlink()
    done = command("verify", BAN, folder)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "futures/ban/plan.json: is missing\n")
    (folder / "hedge.json").write_text("{", encoding="utf-8")
    done = command("verify", BAN, folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "hedge.json" in done.stderr
