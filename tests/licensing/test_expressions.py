"""Licence fields as cards really have them: each says what it means, or why that cannot be said."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentage.licensing.catalogue import load_catalogue, load_entries
from parentage.licensing.expressions import read_licence_fields

SCANCODE = "LicenseRef-scancode-"
OURS = "LicenseRef-parentage-"


@pytest.mark.parametrize(
    ("license_field", "key"),
    [
        ("apache-2.0", "Apache-2.0"),
        (" Apache-2.0 \n", "Apache-2.0"),
        ("Apache License 2.0", "Apache-2.0"),
        ("MIT", "MIT"),
        ("cc-by-nc-sa-4.0", "CC-BY-NC-SA-4.0"),
        ("gpl-3.0", "GPL-3.0-only"),
        ("openmdw-1.0", "OpenMDW-1.0"),
        ("llama2", f"{SCANCODE}llama-2-license-2023"),
        ("llama3", f"{OURS}llama-3"),
        ("llama3.1", f"{SCANCODE}llama-3.1-license-2024"),
        ("llama3.3", f"{SCANCODE}llama-3.3-license-2024"),
        ("bigscience-bloom-rail-1.0", f"{SCANCODE}bigscience-rail-1.0"),
        ("bigcode-openrail-m", f"{SCANCODE}bigcode-open-rail-m-v1"),
        ("creativeml-openrail-m", f"{SCANCODE}stable-diffusion-2022-08-22"),
        (["mit"], "MIT"),
        (f"{SCANCODE}qwen-2024", f"{SCANCODE}qwen-2024"),
        ("licenseref-SCANCODE-qwen-2024", f"{SCANCODE}qwen-2024"),
    ],
)
def test_an_identifier_means_one_licence(license_field: object, key: str) -> None:
    terms = read_licence_fields(license_field)
    assert (terms.expression, terms.keys, terms.problem) == (key, (key,), "")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("qwen", f"{SCANCODE}qwen-2024"),
        ("tongyi-qianwen", f"{SCANCODE}tongyi-qianwen-2023"),
        ("tongyi_qianwen", f"{SCANCODE}tongyi-qianwen-2023"),
        ("Tongyi Qianwen", f"{SCANCODE}tongyi-qianwen-2023"),
        ("deepseek", f"{SCANCODE}deepseek-la-1.0"),
        ("mrl", f"{OURS}mistral-research-0.1"),
        ("stabilityai-ai-community", f"{SCANCODE}stability-ai-community-2024"),
    ],
)
def test_other_with_a_known_name_is_that_licence(name: str, key: str) -> None:
    terms = read_licence_fields("other", name, "https://example.org/LICENSE")
    assert (terms.expression, terms.keys, terms.problem) == (key, (key,), "")


@pytest.mark.parametrize(
    ("fields", "meant"),
    [
        (("gemma",), 3),
        (("openrail",), 3),
        (("bsd",), 2),
        (("cc",), 7),
        (("other", "modified-mit"), 4),
        (("other", "nvidia-open-model-license"), 1),
        (("other", "falcon-llm-license"), 2),
    ],
)
def test_an_ambiguous_word_maps_to_nothing(fields: tuple[str, ...], meant: int) -> None:
    terms = read_licence_fields(*fields)
    assert (terms.expression, terms.keys) == ("", ())
    assert fields[-1] in terms.problem and "only the text can tell" in terms.problem
    assert len(terms.may_mean) == meant and set(terms.may_mean) <= set(load_catalogue())


@pytest.mark.parametrize(
    ("text", "expression", "keys"),
    [
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0", ("MIT", "Apache-2.0")),
        ("mit and apache-2.0", "MIT AND Apache-2.0", ("MIT", "Apache-2.0")),
        ("(MIT OR ISC) AND CC-BY-4.0", "(MIT OR ISC) AND CC-BY-4.0", ("MIT", "ISC", "CC-BY-4.0")),
        ("Apache-2.0 WITH LLVM-exception", "Apache-2.0 WITH LLVM-exception", ("Apache-2.0",)),
        ("GPL-3.0-or-later", "GPL-3.0-or-later", ("GPL-3.0-only",)),
        ("GPL-3.0+", "GPL-3.0-or-later", ("GPL-3.0-only",)),
        (f"{SCANCODE}qwen-2024 AND MIT", f"{SCANCODE}qwen-2024 AND MIT", (f"{SCANCODE}qwen-2024", "MIT")),
        (f"mit or {OURS}LLAMA-3", f"MIT OR {OURS}llama-3", ("MIT", f"{OURS}llama-3")),
    ],
)
def test_spdx_expressions(text: str, expression: str, keys: tuple[str, ...]) -> None:
    terms = read_licence_fields(text)
    assert (terms.expression, terms.keys, terms.problem) == (expression, keys, "")


def test_a_licence_without_a_vendored_text_has_an_expression_but_no_key() -> None:
    terms = read_licence_fields("bsl-1.0 OR MIT")
    assert (terms.expression, terms.keys) == ("BSL-1.0 OR MIT", ("MIT",))
    assert terms.problem == "the catalogue has no text of BSL-1.0"


def test_a_list_is_read_and_its_doubt_told() -> None:
    terms = read_licence_fields(["mit", "ISC OR Apache-2.0", "mit"])
    assert terms.expression == "MIT AND (ISC OR Apache-2.0)"
    assert terms.keys == ("MIT", "ISC", "Apache-2.0")
    assert "does not say whether all of them apply" in terms.problem


def test_nothing_declared_is_no_problem() -> None:
    assert read_licence_fields(None, None, None) == read_licence_fields(None, "", None)
    assert read_licence_fields(None).problem == ""


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (("other",), "without a license_name"),
        (("other", None, "https://example.org/LICENSE"), "the text behind its link https://example.org/LICENSE"),
        (("other", "our own licence"), 'license_name "our own licence" is not a known licence'),
        (("other", ["x"]), "license_name is list"),
        ((None, "mrl"), "license_name stands without license: other"),
        (("mit", "apache-2.0"), 'license_name "apache-2.0" names another licence'),
        (("",), "names no licence"),
        (("unknown",), "names no licence"),
        (("MIT/Apache-2.0",), "neither a known identifier nor an SPDX expression"),
        (("mit and",), "neither a known identifier nor an SPDX expression"),
        (("LicenseRef-acme",), "neither SPDX nor the catalogue has: LicenseRef-acme"),
        (("MIT AND acme-1.0",), "neither SPDX nor the catalogue has: acme-1.0"),
        (("MIT WITH Apache-2.0",), "as an exception"),
        (("LLVM-exception",), "an exception alone"),
        ((3,), "license is int 3"),
        ((True,), "license is bool True"),
        ((10**100_000,), "of many digits"),
        ((datetime.date(2024, 1, 1),), "license is date"),
        (({"name": "mit"},), "license is dict of 1"),
        (([],), "an empty list"),
        (([["mit"]],), "something other than text"),
        ((["mit"] * 21,), "more than 20"),
        (("(" * 21 + "MIT" + ")" * 21,), "too long for an expression"),
        (("MIT AND " * 100_000 + "MIT",), "too long for an expression"),
        (("mit\x1b[31m",), "mit\ufffd[31m"),
    ],
)
def test_what_cannot_be_said_is_told(fields: tuple[object, ...], told: str) -> None:
    terms = read_licence_fields(*fields)
    assert told in terms.problem
    assert all(c.isprintable() for c in terms.problem) and len(terms.problem) < 400


def test_every_declared_identifier_of_the_catalogue_is_read() -> None:
    for key, entry in load_entries().items():
        for word in (key, key.lower(), *entry.licence.declared_as):
            assert read_licence_fields(word).keys == (key,), word
            assert read_licence_fields("other", word).keys == (key,), word


@given(
    st.one_of(st.text(), st.from_regex(r"(?:MIT|ISC|x|[()+:]| AND | OR | WITH |with){0,20}", fullmatch=True)),
    st.one_of(st.none(), st.text(), st.integers()),
)
def test_no_text_raises(license_field: str, name: object) -> None:
    terms = read_licence_fields(license_field, name)
    assert set(terms.keys) <= set(load_catalogue())
    assert all(c.isprintable() for c in terms.problem)
