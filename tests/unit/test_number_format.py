"""What a number format makes of a number."""

import pytest

from streams.intake.number_format import BUILT_IN, Shows, in_code, read

DAYS = (
    *("dd/mm/yyyy", "mm-dd-yy", "d-mmm", "mmm-yy", "yyyy", "dddd", "yyyymmdd", "[$-42A]dd mmmm yyyy", "d.m.yy;@"),
    *('"Ngày" dd "tháng" mm "năm" yyyy', "[$-x-sysdate]dddd, mmmm dd, yyyy", "[$-en-US]d-mmm-yy;@"),
    *(r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", r"dd\ \t\h\á\n\g\ mm\ yyyy", "[White]dd/mm/yyyy", "[Đỏ]d/m/yy"),
    *(
        "dd tháng mm năm yyyy",
        "ngày dd/mm/yyyy",
        '"giờ: h:mm" dd/mm/yy',
        "dd_h/mm_s/yyyy",
        "dd*s/mm/yyyy",
        "[$-404]e/m/d",
    ),
    *("[$-411]ge.m.d", "d/m/bb", 'yyyy"年"m"月"d"日"', "ว/ด/ปปปป", "DD/MM/YYYY", "[DBNum1]yyyy-m-d", "TT.MM.JJJJ"),
)
MOMENTS = (
    *(
        "dd/mm/yyyy hh:mm",
        "m/d/yy h:mm AM/PM",
        "yyyy-mm-ddThh:mm:ss.000Z",
        r"dd/mm/yyyy\ hh\:mm",
        "d/m/yyyy H:mm SA/CH",
    ),
    *('hh "giờ" mm "phút" "ngày" dd/mm/yyyy', "ว/ด/ปปปป ช:นน", "yyyymmddhhmmss"),
)
CLOCKS = ("h:mm", "h:mm:ss AM/PM", "mm:ss", "mmss.0", "mm:ss,00", "[$-F400]h:mm:ss\\ AM/PM", "นน:ทท.0", "h AM/PM")
DURATIONS = ("[h]:mm:ss", "[hh]:mm", "[mm]:ss.00", "[s]", "[ช]:นน:ทท", "[H]")
NUMBERS = (
    *(
        "General",
        "general",
        '"Ngày "General',
        "GENERAL",
        "0",
        "#,##0.00",
        "# ?/?",
        "@",
        "",
        ";;;",
        "Standard",
        "0.0E+0",
    ),
    *(
        '#,##0 "đồng"',
        "#,##0 VND",
        "#,##0 đ",
        '0" ngày"',
        r"0\ \d\a\y\s",
        "0 days",
        '"dd/mm/yyyy"',
        r"\d\m\y",
        "_d_m_y",
    ),
    *(
        "[Red]0",
        "[$VND] #,##0",
        "[$₫-42A]#,##0",
        "[>=100]0",
        "_(* #,##0_);_(* \\(#,##0\\)",
        "t0",
        "0.00;[Magenta]-0.00",
    ),
    *('"', "\\", "[", "[h", "_", "*", "\x00", "hồ sơ", "[<=9999999]###-####;\\(###\\) ###-####", "00000", "#,##0_d"),
)


@pytest.mark.parametrize(
    ("codes", "shows", "clock"),
    [
        (DAYS, Shows.DAY, False),
        (MOMENTS, Shows.DAY, True),
        (CLOCKS, Shows.CLOCK, True),
        (DURATIONS, Shows.DURATION, True),
        (NUMBERS, Shows.NUMBER, False),
    ],
)
def test_a_format_shows_a_day_a_moment_a_time_a_duration_or_a_number(
    codes: tuple[str, ...], shows: Shows, clock: bool
) -> None:
    for code in codes:
        section = read(code).of(46353.0)
        assert (section.shows, section.clock) == (shows, clock), code
        assert section.percent == 0, code


def test_every_built_in_format_is_what_the_standard_says() -> None:
    clocks = {18, 19, 20, 21, 45, 47, 75, 76, 78, 80}
    days = {*range(14, 18), 22, *range(27, 37), *range(50, 59), *range(71, 75), 77, 81}
    for number, code in BUILT_IN.items():
        section = read(code).of(46353.0)
        wanted = (
            Shows.DURATION
            if number in (46, 79)
            else Shows.CLOCK
            if number in clocks
            else Shows.DAY
            if number in days
            else Shows.NUMBER
        )
        assert section.shows is wanted, (number, code)
        assert section.percent == (number in (9, 10, 67, 68)), (number, code)
        assert section.scientific == (number in (11, 48)), (number, code)


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("0%", 1),
        ("0.00%", 1),
        ("0%%", 2),
        ('0"%"', 0),
        (r"0\%", 0),
        ("0_%", 0),
        ("0*%", 0),
        ('0% "của năm"', 1),
        ("0[%]", 0),
    ],
)
def test_a_sign_in_quotes_or_escaped_is_no_per_cent(code: str, percent: int) -> None:
    assert read(code).of(0.6).percent == percent


def test_the_section_is_chosen_by_the_value() -> None:
    by_sign = read('0%;0;"không"')
    assert [by_sign.of(value).percent for value in (0.5, -0.5, 0.0)] == [1, 0, 0]
    two = read("0;0%")
    assert [two.of(value).percent for value in (0.5, -0.5, 0.0)] == [0, 1, 0]
    stated = read("[<1]0%;[>=10]0.00%%;0")
    assert [stated.of(value).percent for value in (0.5, 5.0, 10.0)] == [1, 0, 2]
    assert read("0%;@").of(-1.0).percent == 1, "the section with @ is for texts"
    assert read('dd/mm/yyyy;"";').of(1.0).shows is Shows.DAY


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("00000", 12, "00012"),
        ("00000", 123456, "123456"),
        (r"000\-000", 12345, "012-345"),
        (r"000\-000", 12345678, "12345-678"),
        ('"HS-"0000', 7, "HS-0007"),
        ("#000", 5, "005"),
        ("000 000 000 000", 79123456789, "079 123 456 789"),
    ],
)
def test_leading_zeros_that_a_format_shows_are_kept(code: str, number: int, shown: str) -> None:
    assert in_code(read(code).of(number).code, number) == shown


@pytest.mark.parametrize(
    "code", ["0", "#,##0", "0.00", "00.0", "# ?/?", "00/00", "0000%", "00E+00", "General", "#,000"]
)
def test_a_format_of_a_quantity_makes_no_code(code: str) -> None:
    assert read(code).of(5.0).code == ()
