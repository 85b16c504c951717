"""Ready-made credentials and settings, and texts that belong to nobody."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dialspec.api import Api, Scalar, ScalarKind
from dialspec.simulator import Simulator
from dialspec.simulator.credentials import settings_of
from dialspec.simulator.fiction import noise, phone_number, text_for


def test_credentials_are_the_constructor_arguments_of_a_client(made_up: Api) -> None:
    simulator = Simulator(made_up)
    assert set(simulator.credentials("acme")) == {"api_key", "api_secret"}
    assert set(simulator.credentials("borealis")) == {"access_key", "secret_key", "vdn_id"}


def test_credentials_say_that_they_are_made_up_and_differ(made_up: Api) -> None:
    acme = Simulator(made_up).credentials("acme")
    assert all(value.startswith("simulated-") for value in acme.values())
    assert len(set(acme.values())) == 2


def test_credentials_of_an_unknown_provider_are_a_key_error(made_up: Api) -> None:
    with pytest.raises(KeyError):
        Simulator(made_up).credentials("nobody")


def test_a_setting_has_a_valid_value(made_up: Api) -> None:
    borealis = made_up.provider("borealis")
    (setting,) = borealis.settings
    text = replace(setting.field, type=Scalar(ScalarKind.STRING))
    default = replace(setting.field, default=7)
    for field, value in ((setting.field, 3), (text, "simulated"), (default, 7)):
        changed = replace(borealis, settings=(replace(setting, field=field),))
        assert settings_of(changed) == {"vdn_id": value}


@pytest.mark.parametrize(
    ("wire_words", "form"),
    [
        (("seat", "id"), r"[1-9]\d{5}"),
        (("call", "count"), r"\d{1,3}"),
        (("called", "number"), r"447700900\d{3}|1\d{3}55501\d\d"),
        (("called", "info"), r"Called info \d{1,3}"),
        (("file", "url"), r"https://files\.example\.com/file-url/\d+\.dat"),
        (("agent", "email"), r"person\d+@example\.com"),
        (("login", "ip"), r"192\.0\.2\.\d{1,3}"),
        (("send", "time"), r"2025-\d\d-\d\d \d\d:00:00"),
        ((), r" \d+"),
    ],
)
def test_a_text_suits_its_name(wire_words: tuple[str, ...], form: str) -> None:

    for number in range(50):
        assert re.fullmatch(form, text_for(wire_words, noise(number)))


def test_telephone_numbers_keep_a_fixed_length() -> None:
    assert {len(phone_number(noise(number))) for number in range(500)} == {11, 12}
