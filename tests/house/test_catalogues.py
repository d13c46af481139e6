"""Every sentence that people read is in both catalogues, and says the same."""

import re

import pytest

from deploy.translations import LANGUAGES, catalogue, sentences

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
FOUND = sorted(message.id for message in sentences() if message.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_the_catalogue(language: str) -> None:
    kept = {message.id: message.string for message in catalogue(language) if message.id}
    missing = [sentence for sentence in FOUND if not kept.get(sentence)]
    assert not missing, f"{len(missing)} sentences; run `make translations`, fill {language}:\n" + "\n".join(
        missing[:30]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_catalogue_is_said_nowhere(language: str) -> None:
    left = {message.id for message in catalogue(language) if message.id} - set(FOUND)
    assert not left, f"run `make translations`: {sorted(left)[:10]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_placeholders(language: str) -> None:
    wrong = [
        f"{message.id!r} -> {message.string!r}"
        for message in catalogue(language)
        if message.id
        and message.string
        and sorted(PLACEHOLDER.findall(message.id)) != sorted(PLACEHOLDER.findall(message.string))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_english_is_not_the_vietnamese_once_more() -> None:
    marks = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")
    same = [
        message.id
        for message in catalogue("en")
        if message.id and message.string == message.id and len(message.id.split()) > 3 and marks.search(message.id)
    ]
    assert not same, "\n".join(same)
