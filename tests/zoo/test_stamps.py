import pytest
from benchmarks.zoo.job import Job
from benchmarks.zoo.stamps import Stamps
from benchmarks.zoo.text import DOMAINS, MOST_BYTES, read_domain, text_digest


def make_jobs(rate=1.0, weight=0.5):
    return [
        Job(operation="train", settings={"domain": "prose", "rate": rate}, outputs=("models/f/a",)),
        Job(operation="average", settings={"weight": weight}, inputs=("models/f/a",), outputs=("models/f/b",)),
    ]


@pytest.fixture
def zoo(tmp_path):
    """A zoo in which both jobs are done."""
    jobs = make_jobs()
    for name in "ab":
        (tmp_path / "models/f" / name).mkdir(parents=True)
    stamps = Stamps(tmp_path, jobs)
    for job in jobs:
        stamps.write(job, 1.0, {"loss": 2.0})
    return tmp_path


def done(zoo, jobs):
    stamps = Stamps(zoo, jobs)
    return [stamps.is_done(job) for job in jobs]


def test_what_is_done_is_not_done_again(zoo):
    assert done(zoo, make_jobs()) == [True, True]


def test_other_settings_are_done_again_with_all_that_follows(zoo):
    assert done(zoo, make_jobs(weight=0.6)) == [True, False]
    assert done(zoo, make_jobs(rate=2.0)) == [False, False]


def test_a_missing_folder_is_made_again(zoo):
    (zoo / "models/f/a").rmdir()
    assert done(zoo, make_jobs()) == [False, True]


def test_what_no_job_makes_is_removed(zoo):
    kept = make_jobs()[:1]
    Stamps(zoo, kept).drop_strays(kept)
    assert [path.name for path in (zoo / "models/f").iterdir()] == ["a"]
    assert done(zoo, make_jobs()) == [True, False]


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_domain_has_text_of_its_own(domain):
    text = read_domain(domain)
    assert 50_000 < len(text) <= MOST_BYTES
    assert len(text_digest(domain)) == 64
    assert all(text_digest(domain) != text_digest(other) for other in DOMAINS if other != domain)
