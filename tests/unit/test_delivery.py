"""What is sent to the receiver of holding orders: its signature, its text, what answers mean, how long one waits."""

import base64
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from infra.simulate import hold_receiver
from infra.simulate.hold_receiver import WINDOW_S, BadMessage
from schemas.json_text import decode
from streams.delivery.backoff import pause_s
from streams.delivery.message import HoldMessage, Message, Unclear, answer_of, message_of
from streams.delivery.settings import DeliverySettings
from streams.delivery.signature import keys_of, signed

# The convention's own vector, as its libraries test with it.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_" + base64.b64encode(bytes(range(32))).decode()
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
ENDS = datetime(2026, 12, 1, 9, tzinfo=UTC)
DETAIL: dict[str, Any] = {
    "order": "o-1",
    "scope": "account",
    "key": "cb.26041.03",
    "measure": "stop",
    "of_unit": "26041",
}


def test_the_signature_is_the_conventions() -> None:
    headers = signed(ID, AT, BODY, keys_of(SECRET))
    assert headers == {"webhook-id": ID, "webhook-timestamp": str(AT), "webhook-signature": SIGNATURE}
    hold_receiver.verify(headers, BODY, keys_of(SECRET), AT)


def test_while_one_secret_follows_another_a_receiver_with_either_knows_us() -> None:
    headers = signed(ID, AT, BODY, keys_of(f"{OTHER} {SECRET}"))
    for secret in (SECRET, OTHER):
        hold_receiver.verify(headers, BODY, keys_of(secret), AT)


@pytest.mark.parametrize(
    ("changed", "body", "now"),
    [
        ({}, b'{"test": 2432232315}', AT),
        ({"webhook-id": "other"}, BODY, AT),
        ({"webhook-timestamp": str(AT + 1)}, BODY, AT),
        ({"webhook-timestamp": "1e9"}, BODY, AT),
        ({"webhook-signature": ""}, BODY, AT),
        ({"webhook-signature": SIGNATURE.replace("v1,", "v2,")}, BODY, AT),
        ({}, BODY, AT + WINDOW_S + 1),
        ({}, BODY, AT - WINDOW_S - 1),
    ],
)
def test_what_was_changed_or_is_old_or_is_signed_by_another_is_not_taken(
    changed: dict[str, str], body: bytes, now: float
) -> None:
    headers = signed(ID, AT, BODY, keys_of(SECRET)) | changed
    with pytest.raises(BadMessage) as refused:
        hold_receiver.verify(headers, body, keys_of(SECRET), now)
    assert refused.value.status == 401
    with pytest.raises(BadMessage):
        hold_receiver.verify(signed(ID, AT, BODY, keys_of(OTHER)), BODY, keys_of(SECRET), AT)


def settings(**given: Any) -> DeliverySettings:
    return DeliverySettings(database_streams="x", **given)


@pytest.mark.parametrize(
    "url", ["http://example.vn/hold", "ftp://example.vn", "https://", "https://u:p@example.vn/", "https://a.vn/#x"]
)
def test_the_receiver_is_an_address_with_tls_or_this_machine_and_the_refusal_repeats_no_secret(url: str) -> None:
    with pytest.raises(ValidationError, match="IOC_HOLD_URL"):
        settings(hold_url=url, hold_secret=SECRET)
    for secret in ("", "abc", "whsec_abc", "whsec_" + base64.b64encode(b"short").decode()):
        with pytest.raises(ValidationError, match="IOC_HOLD_SECRET") as refused:
            settings(hold_url="https://example.vn/hold", hold_secret=secret)
        assert not secret or secret not in str(refused.value)
    assert settings(hold_url="http://127.0.0.1:9/", hold_secret=SECRET).hold_url


def message(kind: Message, **detail: Any) -> HoldMessage:
    return message_of("giu-a-0", kind, DETAIL | detail, ENDS, datetime(2026, 12, 1, 8, tzinfo=UTC))


def test_the_start_carries_its_own_end_and_is_called_as_the_order() -> None:
    start, end = message(Message.START), message(Message.END)
    assert decode(start.body) == {
        "type": "hold.start",
        "timestamp": "2026-12-01T08:00:00+00:00",
        "data": {
            "order": "o-1",
            "scope": "account",
            "key": "cb.26041.03",
            "measure": "stop",
            "ends_at": "2026-12-01T09:00:00+00:00",
            "unit": "26041",
        },
    }
    assert (start.id, start.target) == ("o-1", end.target)
    assert end.id == message(Message.END).id != start.id
    lifted = int(datetime(2026, 12, 1, 8, 30, tzinfo=UTC).timestamp() * 1e6)
    told = [decode(message(Message.END, **more).body)["timestamp"] for more in ({}, {"lifted_at": lifted})]
    assert told == ["2026-12-01T09:00:00+00:00", "2026-12-01T08:30:00+00:00"]


def test_an_answer_is_one_of_the_contracts_words_and_everything_else_is_asked_again() -> None:
    start, end = message(Message.START), message(Message.END)
    assert answer_of(start, "o-1", b'{"order":"o-1","answer":"accepted","more":1}', 3) == ("accepted", {"tries": 3})
    refused = answer_of(start, "o-1", b'{"order":"o-1","answer":"refused","reason":"too_late"}', 1)
    assert refused == ("refused", {"tries": 1, "reason": "too_late"})
    for reason in (b'"<b>075088001234"', b"null"):
        said = answer_of(start, "o-1", b'{"order":"o-1","answer":"refused","reason":' + reason + b"}", 1)
        assert said.data["reason"] == "other"
    assert answer_of(end, "o-1", b'{"order":"o-1","answer":"ended"}', 1).kind == "ended"
    for unclear in (b"", b"[]", b"OK", b'{"order":"o-2","answer":"accepted"}', b'{"order":"o-1","answer":"ended"}'):
        with pytest.raises(Unclear):
            answer_of(start, "o-1", unclear, 1)


def test_pauses_double_up_to_the_longest_and_are_not_the_same_for_all() -> None:
    pauses = [[pause_s(tries, 1, 30, Random(seed)) for seed in range(50)] for tries in range(1, 40)]
    for tries, drawn in enumerate(pauses, start=1):
        whole = min(30, 2 ** (tries - 1))
        assert whole / 2 <= min(drawn) < max(drawn) <= whole
