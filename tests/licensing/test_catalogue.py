"""The catalogue agrees with the texts beside it, and says where each text is from."""

import re
from importlib.resources import files

import pytest

from parentage.digest import sha256_of
from parentage.errors import InputError
from parentage.licensing.catalogue import licence_text, load_catalogue, load_entries, variant_texts
from parentage.licensing.normalising import normalise

MODEL_LICENCES = 50


def test_every_digest_is_that_of_its_text() -> None:
    for key, entry in load_entries().items():
        assert entry.licence.digest == sha256_of(normalise(licence_text(key)).encode()), key
        for name, text in variant_texts(key).items():
            assert entry.variants[name] == sha256_of(normalise(text).encode()), name


def test_every_vendored_file_is_in_the_catalogue() -> None:
    there = {file.name for file in (files("parentage.licensing") / "texts").iterdir()} - {"README.md"}
    named = {f"{key}.txt" for key in load_catalogue()} | {n for e in load_entries().values() for n in e.variants}
    assert there == named


def test_no_two_licences_share_a_text() -> None:
    digests = [entry.licence.digest for entry in load_entries().values()]
    digests += [digest for entry in load_entries().values() for digest in entry.variants.values()]
    assert len(set(digests)) == len(digests)


def test_texts_are_plain() -> None:
    for key in load_catalogue():
        for text in (licence_text(key), *variant_texts(key).values()):
            assert "\r" not in text and text.endswith("\n") and not text.startswith("---\n"), key


def test_keys_are_spdx_ids_or_references() -> None:
    for key, licence in load_catalogue().items():
        assert licence.key == key
        assert re.fullmatch(r"LicenseRef-(?:scancode|parentage)-[a-z0-9.-]+|[A-Z][A-Za-z0-9.-]+", key)


def test_each_identifier_means_one_licence_and_is_in_small_letters() -> None:
    sure = [word for licence in load_catalogue().values() for word in licence.declared_as]
    unsure = {word for entry in load_entries().values() for word in entry.may_be_meant_by}
    assert len(set(sure)) == len(sure)
    assert not unsure & set(sure)
    assert all(word == word.lower().strip() for word in [*sure, *unsure])


def test_each_source_names_a_place() -> None:
    for licence in load_catalogue().values():
        assert "; http" in licence.source
        assert re.match(r"scancode-toolkit 32\.5\.0, \S+;|[\w.-]+/[\w.-]+@[0-9a-f]{40}, ", licence.source)


def test_the_catalogue_covers_what_cards_use() -> None:
    assert sum(key.startswith("LicenseRef-") for key in load_catalogue()) >= MODEL_LICENCES
    sure = {word for licence in load_catalogue().values() for word in licence.declared_as}
    asked = "apache-2.0 mit llama2 llama3 llama3.1 llama3.2 llama3.3 llama4 cc-by-4.0 cc-by-nc-4.0 gpl-3.0 qwen mrl"
    assert set(asked.split()) <= sure


def test_the_attribution_names_the_data_and_its_licence() -> None:
    text = (files("parentage.licensing") / "texts" / "README.md").read_text(encoding="utf-8")
    assert "CC-BY-4.0" in text and "ScanCode" in text
    assert str(len(load_catalogue())) in text


@pytest.mark.parametrize("key", ["", "mit", "../records", "MIT.txt", "x" * 10_000])
def test_other_keys_are_refused(key: str) -> None:
    with pytest.raises(InputError, match="is not in the catalogue"):
        licence_text(key)
