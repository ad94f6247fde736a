import pytest

from engine.store.timespan import span_of


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("2016-10-27", ("2016-10-27", "2016-10-27", "DAY")),
        ("2016-10-20TNI", ("2016-10-20", "2016-10-20", "DAY")),
        ("2016-W43", ("2016-10-24", "2016-10-30", "WEEK")),
        ("2016-10-24/2016-10-30", ("2016-10-24", "2016-10-30", "WEEK")),
        ("2016-10-25/2016-10-31", ("2016-10-25", "2016-10-31", "INTERVAL")),
        ("2016-02", ("2016-02-01", "2016-02-29", "MONTH")),
        ("2016-02-01/2016-02-29", ("2016-02-01", "2016-02-29", "MONTH")),
        ("2016-Q3", ("2016-07-01", "2016-09-30", "QUARTER")),
        ("2016-07-01/2016-09-30", ("2016-07-01", "2016-09-30", "QUARTER")),
        ("2016-08-01/2016-10-31", ("2016-08-01", "2016-10-31", "INTERVAL")),
        ("2011", ("2011-01-01", "2011-12-31", "YEAR")),
        ("2011-01-01/2011-12-31", ("2011-01-01", "2011-12-31", "YEAR")),
        ("201X", ("2010-01-01", "2019-12-31", "INTERVAL")),
        ("2016-10/2016-11", ("2016-10-01", "2016-11-30", "INTERVAL")),
    ],
)
def test_a_time_value_stands_for_days(value: str, span: tuple[str, str, str]) -> None:
    assert span_of(value) == span


@pytest.mark.parametrize(
    "value", ["PRESENT_REF", "P3D", "2016-13", "2016-02-30", "2016-10-30/2016-10-24", "", "XXXX-10"]
)
def test_a_value_without_days_has_no_span(value: str) -> None:
    assert span_of(value) is None


def test_spans_count_and_hold_days() -> None:
    month, day = span_of("2016-10"), span_of("2016-10-27")
    assert month is not None
    assert day is not None
    assert month.days() == 31
    assert month.holds(day)
    assert not day.holds(month)
