"""What the log may say of an error."""

from streams.errors import Reject, described

SECRET = "079123456789"


def test_the_log_names_what_failed_and_where_but_not_what_a_record_said() -> None:
    try:
        raise RuntimeError(SECRET)
    except RuntimeError as exc:
        text = described(exc)

    assert text.startswith("RuntimeError < test_errors.py:")
    assert SECRET not in text


def test_our_own_errors_are_logged_with_their_words() -> None:
    assert described(Reject("data.unit", "missing")) == "Reject: data.unit: missing"


def test_a_driver_error_is_logged_with_its_sqlstate() -> None:
    exc = type("DataError", (Exception,), {"sqlstate": "22P02"})(SECRET)

    assert described(exc) == "DataError 22P02"
