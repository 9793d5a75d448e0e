from bench.tables import table


def test_columns_stand_under_each_other_and_the_target_is_last() -> None:
    rows = {
        "stock": {"cpu_s": 3.5},
        "ours": {"cpu_s": 10.25, "met": False, "target": "<= 0.4 x stock", "to_stock": 0.5},
    }
    assert table(rows).splitlines() == [
        "         cpu s  to stock  met  target",
        "  stock    3.5",
        "  ours   10.25       0.5  NO   <= 0.4 x stock",
    ]


def test_several_rows_of_one_label_are_numbered_and_bare_figures_have_a_column() -> None:
    lines = table({"300/20": [{"spread": 1}, {"spread": 2}], "score": 0.4}).splitlines()
    assert [line.split()[-1] for line in lines[1:]] == ["1", "2", "0.4"]
    assert "300/20 #2" in lines[2]
