from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.language import other_language
from training.corpus import load_corpus

CORPUS = Path(__file__).parents[2] / "data" / "corpus"

OTHERS = {
    "ar": "قال رئيس الوزراء إن الحكومة ستقدم مشروع القانون إلى البرلمان هذا الأسبوع.",
    "cy": "Dywedodd y Prif Weinidog y bydd y llywodraeth yn cyflwyno'r cynnig yr wythnos hon.",
    "da": "Statsministeren sagde, at regeringen vil fremlægge forslaget for Folketinget i løbet af ugen.",
    "de": "Der Ministerpräsident sagte, die Regierung werde den Entwurf diese Woche vorlegen.",
    "es": "El presidente del Gobierno dijo que la ley se presentará en el Congreso esta semana.",
    "fr": "Le Premier ministre a déclaré que le gouvernement présenterait le projet cette semaine.",
    "hi": "प्रधानमंत्री ने कहा कि सरकार इस सप्ताह संसद में विधेयक पेश करेगी।",
    "it": "Il presidente del Consiglio ha detto che la legge sarà presentata in Parlamento questa settimana.",
    "ja": "首相は今週、法案を国会に提出すると述べた。",
    "ko": "총리는 정부가 이번 주 국회에 법안을 제출할 것이라고 말했다.",
    "nl": "De minister-president zei dat de regering het voorstel deze week naar de Kamer stuurt.",
    "pl": "Premier powiedział, że rząd przedstawi projekt ustawy w parlamencie w tym tygodniu.",
    "pt": "O primeiro-ministro disse que o governo vai apresentar a proposta ao parlamento esta semana.",
    "ru": "Премьер-министр заявил, что правительство внесёт законопроект в Думу на этой неделе.",
    "sw": "Waziri mkuu alisema kuwa serikali itawasilisha muswada huo bungeni wiki hii.",
    "tr": "Başbakan, hükümetin tasarıyı bu hafta meclise sunacağını söyledi.",  # noqa: RUF001
    "vi": "Thủ tướng nói rằng chính phủ sẽ trình dự luật lên quốc hội trong tuần này.",
}

ENGLISH = {
    "sentence": "The minister said on Monday that the law would be passed by the end of the week.",
    "capitals": "THE MINISTER SAID ON MONDAY THAT THE LAW WOULD BE PASSED BY THE END OF THE WEEK.",
    "headline": "Court jails ex-minister Sánchez-Gómez over Málaga port contracts",
    "foreign names": "Giorgia Meloni, Matteo Salvini, Antonio Tajani, Elly Schlein, Giuseppe Conte, Carlo Calenda",
    "results": "Men: 1. Simon Lokomwa 2:11.32, 2. Barnabas Kimaiyo 2:12.20, 3. Isaac Cheptai (UGA) 2:12.27",
    "standings": "1 Bergamasca 6 4 1 1 13\n2 Racing Armor 6 3 1 2 10\n3 Kauno Vytis 6 2 1 3 7\n4 Drina 6 1 1 4 4",
    "market": "SENSEX 81,204.15 ▲ 112.40\nNIFTY 24,811.05 ▲ 38.70\nGOLD (MCX) 97,655 ▼ 210\nCRVN 41.07 -9.66",
    "address": "Sevan Air\nTechnical sponsor\nForza 1908\n27/4 Orbeli Lane, 0028 Yerevan\nTel.: +374 10 55 01 44",
    "quotation": f"“{OTHERS['es']}” she said. In English: the law will be put to the Congress this week.",
    "translated": f"{OTHERS['fr']}\n{OTHERS['de']}\nThe prime ministers of both said that it would be put to a vote.",
    "numbers": "12 34 56 78 90 " * 20,
    "marks": "* * * ? ! … " * 20,
}

SHORT = ["El Niño", "¡Basta ya!", "“Non,” dit-il.", "Нет", "東京", "Ho ho ho", "x", " "]


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_told(language: str) -> None:
    assert other_language(OTHERS[language]) is not None
    assert other_language("\n".join([OTHERS[language]] * 300)) == other_language(OTHERS[language] * 3)


def test_it_says_which() -> None:
    told = {language: other_language(f"{text} {text}") for language, text in OTHERS.items()}
    assert told == dict(zip(OTHERS, OTHERS, strict=True))


@pytest.mark.parametrize("kind", ENGLISH)
def test_english_is_not_refused(kind: str) -> None:
    assert other_language(ENGLISH[kind]) is None


@pytest.mark.parametrize("text", SHORT)
def test_short_texts_are_not_refused(text: str) -> None:
    assert other_language(text) is None


def test_no_article_of_the_corpus_is_refused() -> None:
    assert [article.id for article in load_corpus(CORPUS) if other_language(article.text)] == []


@settings(deadline=None)
@given(st.text())
def test_whatever_comes(text: str) -> None:
    language = other_language(text)
    assert language is None or language.isalpha()
