"""Each rule, on articles as the model would label them."""

from __future__ import annotations

import pytest

from model.flags import RULES, find_flags
from model.policy_file import DEFAULT, load_policies
from model.standards import STANDARDS

THRESHOLDS = load_policies()[DEFAULT].thresholds

NAMED = "N <s>Ana Ruiz</s> <c>said</c> the road was closed."
NARRATED = "U The road runs along the river for nine miles."
RUN = "\n".join([NARRATED] * THRESHOLDS.unsourced_run)

CASES: dict[str, list[tuple[str, str, list[int]]]] = {
    "anonymous-lead": [
        ("an official speaks first", f"{NARRATED}\nA <s>A US official</s> <c>said</c> so.\n{NAMED}", [1]),
        ("a neighbour speaks first", f"A <s>One neighbour</s> <c>said</c> so.\n{NAMED}", [0]),
        ("after a name", f"{NAMED}\nA <s>A US official</s> <c>said</c> so.", []),
        ("after a line around the article", "B Ana Ruiz reports\nA <s>A US official</s> <c>said</c> so.", [1]),
        ("a crowd", f"A <s>Residents</s> <c>said</c> so.\n{NAMED}", []),
        ("a report", f"A <s>One study</s> <c>found</c> so.\n{NAMED}", []),
        ("hearsay", "A The road is <c>reportedly</c> closed.\nA <s>A US official</s> <c>said</c> so.", []),
        ("hearsay about somebody", "A <s>One</s> of them <c>was said</c> to have left.", []),
        ("not sure", "A0.6 <s>A US official</s> <c>said</c> so.", []),
        ("not sure of what came before", "N0.4 The road is closed.\nA <s>A US official</s> <c>said</c> so.", []),
    ],
    "bare-source": [
        ("a source", f"{NAMED}\nA <s>A source</s> <c>said</c> so.", [1]),
        ("sources", "A The road is closed, <s>sources</s> <c>told</c> the BBC.", [0]),
        ("according to", "A The road is closed, <c>according to</c> <s>sources</s>.", [0]),
        ("several", "A The road is closed, <s>multiple sources</s> <c>confirm</c>.", [0]),
        ("twice", "A <s>A source</s> <c>said</c> so.\nA <s>A second source</s> <c>agreed</c>.", [0, 1]),
        ("described", "A <s>A source close to the board</s> <c>said</c> so.", []),
        ("described behind the mark", "A <s>A source</s> with knowledge of the talks <c>said</c> so.", []),
        ("described in a clause", "A <s>A source</s>, who was in the room, <c>said</c> so.", []),
        ("described before", "A <s>Police sources</s> <c>said</c> so.", []),
        ("described before the mark", "A Police <s>sources</s> <c>said</c> so.", []),
        ("of those described", "A <s>Police sources</s> <c>said</c> so.\nA <s>One source</s> <c>denied</c> it.", []),
        ("pointing back", "A <c>Said</c> <s>the source</s>.", []),
        ("no source of news", "U The source of the river is in Wales.", []),
        ("not sure", "A0.6 <s>A source</s> <c>said</c> so.", []),
    ],
    "anonymity-unexplained": [
        ("no reason", f"{NAMED}\nA <s>Two people briefed on the talks</s> <c>said</c> so.", [1]),
        ("only the condition", "A <s>A US official</s> <c>said</c> so on condition of anonymity.", [0]),
        ("each time", "A <s>An aide</s> <c>said</c> so.\nU It rained.\nA <s>A diplomat</s> <c>agreed</c>.", [0, 2]),
        ("a reason", "A <s>An aide</s> <c>said</c> so, asking not to be named because the talks are private.", []),
        ("a reason elsewhere", "A <s>An aide</s> <c>said</c> so.\nU He was not authorised to speak to the press.", []),
        ("a bystander", "A <s>A woman at the scene</s> <c>said</c> so.", []),
        ("a crowd", "A <s>Residents</s> <c>said</c> so.", []),
        ("officials at large", "A <s>Officials</s> <c>said</c> so.", []),
        ("named", NAMED, []),
        ("not sure", "A0.6 <s>An aide</s> <c>said</c> so.", []),
    ],
    "anonymous-opinion": [
        ("an accusation", "A <s>US officials</s> <c>accused</c> both sides of lying.", [0]),
        ("blame", "A <s>Two ministers</s>, speaking privately, <c>blamed</c> the Dutch.", [0]),
        ("a name called", "A <s>An aide</s> <c>called</c> him “a clown”.", [0]),
        ("a description", "A <s>A US official</s> <c>described</c> the plan as “dead”.", [0]),
        ("a fact", "A <s>US officials</s> <c>said</c> both sides were armed.", []),
        ("a described fact", "A <s>An aide</s> <c>described</c> finding the “lost” papers in a drawer.", []),
        ("a call", "A <s>An aide</s> <c>called for</c> calm.", []),
        ("a bystander's praise", "A <s>One commuter</s> <c>called</c> it “the best jam of my life”.", []),
        ("critics at large", "A <s>Critics</s> <c>blamed</c> the council.", []),
        ("accused, not accusing", "A <s>Several executives</s> <c>are accused of</c> lying.", []),
        ("by name", "N <s>Ana Ruiz</s> <c>accused</c> both sides of lying.", []),
        ("not sure", "A0.6 <s>US officials</s> <c>accused</c> both sides of lying.", []),
    ],
    "hearsay": [
        ("reportedly", "A The minister has <c>reportedly</c> resigned.", [0]),
        ("is believed to", "A He <c>is believed to</c> be abroad.", [0]),
        ("is, apart from said", "A She is <c>said</c> to have left.", [0]),
        ("widely thought", "A It is widely <c>thought</c> that she left.", [0]),
        ("somebody behind it", "A It is <c>said</c> by landowners to be so.", []),
        ("a source", "A <s>He</s> <c>reportedly</c> told police so.", []),
        ("a quotation", "A “The water came in the night,” <c>said</c> a voice.", []),
        ("scheduled", "U She is expected to speak on Monday.", []),
        ("not sure", "A0.6 He <c>is believed to</c> be abroad.", []),
    ],
    "single-source": [
        ("one person", "\n".join([NAMED] * 4), [0, 1, 2, 3]),
        ("with a pronoun", "\n".join([NAMED, NARRATED, *["N <s>She</s> <c>said</c> no."] * 3]), [0, 2, 3, 4]),
        ("one body", "\n".join(["O <s>Kent Police</s> <c>said</c> so."] * 4), [0, 1, 2, 3]),
        ("too short to tell", "\n".join([NAMED] * 3), []),
        ("two", "\n".join([NAMED] * 4 + ["O <s>Kent Police</s> <c>said</c> so."]), []),
        ("one not found", "\n".join([NAMED] * 4 + ["O The road is closed."]), []),
        ("none", RUN, []),
    ],
    "unsourced-run": [
        ("long", RUN, list(range(THRESHOLDS.unsourced_run))),
        ("almost long", RUN.removesuffix("\n" + NARRATED) + f"\n{NAMED}", []),
        ("broken", f"{RUN}\n{NAMED}\n{RUN}".replace(NARRATED, NAMED, 1), list(range(11, 21))),
        ("broken by doubt", RUN.replace("U", "U0.6", 1), []),
        ("lines around passed over", f"B Advertisement\n{RUN}", list(range(1, 1 + THRESHOLDS.unsourced_run))),
        ("a list of scores", "\n".join(["U Leeds 2 Hull 1"] * 30), []),
        ("two", f"{RUN}\n{NAMED}\n{RUN}", [*range(10), *range(11, 21)]),
    ],
    "orphan-quote": [
        ("between narration", f"{NARRATED}\nN “Nobody told us that the bridge would close.”\n{NARRATED}", [1]),
        ("over sentences", "N “Nobody told us that.\nN They only sent a leaflet in May.”\n" + NARRATED, [0, 1]),
        ("after its speaker", f"{NAMED}\nN “Nobody told us that the bridge would close.”\n{NARRATED}", []),
        ("before its speaker", "N “Nobody told us that the bridge would close.”\nN <s>She</s> <c>wept</c>.", []),
        ("beside a name", "U Near the door stood Ruiz.\nN “Nobody told us that the bridge would close.”", []),
        ("beside a pronoun", "U At the door she stopped.\nN “Nobody told us that the bridge would close.”", []),
        ("after a colon", "U A sign on the door:\nN “Nobody may cross the bridge after nine at night.”", []),
        ("with its speaker", "N “Nobody told us that the bridge would close,” <c>said</c> <s>Ana Ruiz</s>.", []),
        ("a few words", f"{NARRATED}\nN “Nobody told us.”\n{NARRATED}", []),
        ("a title", f"{NARRATED}\nU “The Long and Winding Road to the Bridge”\n{NARRATED}", []),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "article", "sentences"),
    [(code, *case[1:]) for code, cases in CASES.items() for case in cases],
    ids=[f"{code}: {case[0]}" for code, cases in CASES.items() for case in cases],
)
def test_rule(scored, code, article, sentences):
    flags = find_flags(scored(article), THRESHOLDS, {code})
    assert [list(flag.sentences) for flag in flags] == ([sentences] if sentences else [])
    assert all(flag.code == code for flag in flags)


def test_every_rule_is_tested_and_has_its_standard():
    assert list(CASES) == list(RULES) == list(STANDARDS)


def test_only_what_is_asked_for_is_looked_for_once_each_and_in_order(scored):
    article = scored(
        "A <s>A source</s> <c>said</c> so.\nA <s>A source</s> <c>blamed</c> her.\nA He <c>reportedly</c> left."
    )
    codes = [flag.code for flag in find_flags(article, THRESHOLDS, RULES)]
    assert codes == ["anonymous-lead", "bare-source", "anonymity-unexplained", "anonymous-opinion", "hearsay"]
    assert [flag.code for flag in find_flags(article, THRESHOLDS, {"hearsay", "bare-source"})] == [
        "bare-source",
        "hearsay",
    ]
    assert find_flags(article, THRESHOLDS, ()) == ()


def test_an_empty_article_has_no_flags(scorer):
    assert find_flags(scorer.score(" "), THRESHOLDS, RULES) == ()


def test_flags_need_no_evidence(scorer):
    text = "A senior official in the ministry said on Monday that two soldiers had been killed.\n\nThe road is closed."
    with_evidence, without = (scorer.score(text, explain=explain) for explain in (True, False))
    flags = find_flags(without, THRESHOLDS, RULES)
    assert [flag.code for flag in flags] == ["anonymous-lead", "anonymity-unexplained"]
    assert flags == find_flags(with_evidence, THRESHOLDS, RULES)
