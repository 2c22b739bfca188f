"""Tags of answers: what a client may say that it holds (RFC 9110), and when two answers say the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.api.etags import holds
from dashboards.api.respond import tag_of
from schemas.json_text import encode
from tests.answer_parts import PASSING, settled

TAG = 'W/"abc"'
_opaque = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters='"\x7f'), max_size=8).filter(
    lambda text: not any(0x7F <= ord(letter) < 0xA0 for letter in text)
)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("", False),
        ("*", True),
        (" * ", True),
        ('"abc"', True),  # weakly the same
        ('W/"abc"', True),
        ('"x", W/"abc"', True),
        ('"x,y" ,, "abc",', True),
        ('"x", "y"', False),
        ('"x,"abc"', False),  # no list: the comma is within a tag
        ('w/"abc"', False),
        ("abc", False),
        ('"abc', False),
        ('"*"', False),
        ('*, "x"', False),
    ],
)
def test_every_form_that_a_client_may_say(said: str, held: bool) -> None:
    assert holds(said, TAG) is held


@given(st.lists(st.tuples(st.booleans(), _opaque), min_size=1, max_size=5), _opaque)
def test_of_a_list_each_tag_is_held_and_no_other(tags: list[tuple[bool, str]], tag: str) -> None:
    said = ", ".join(f'{"W/" if weak else ""}"{opaque}"' for weak, opaque in tags)
    assert holds(said, f'W/"{tag}"') is (tag in [opaque for _, opaque in tags])


_text = st.one_of(st.text(max_size=12), st.sampled_from(('"as_of":1,', '\\"age_s":', "as_of", 'x","next_cursor":"y')))
_leaf = st.one_of(_text, st.integers(), st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False))
_names = st.one_of(st.sampled_from((*PASSING, "rows", "key")), _text)
_answers = st.dictionaries(
    _names.filter(lambda name: name not in PASSING),
    st.recursive(
        _leaf, lambda part: st.lists(part, max_size=3) | st.dictionaries(_names, part, max_size=3), max_leaves=8
    ),
    max_size=4,
)


@given(_answers, _answers, _leaf)
def test_two_answers_have_one_tag_where_they_differ_in_what_passes_alone(
    one: dict[str, Any], other: dict[str, Any], passing: Any
) -> None:
    assert tag_of(encode(settled(one, passing))) == tag_of(encode(settled(one)))
    same = encode(settled(one)) == encode(settled(other))
    assert (tag_of(encode(settled(one))) == tag_of(encode(settled(other, passing)))) is same
