"""The core: text in, scored document out. Knows nothing of HTTP, files to score, or training.

`load_model` reads a model folder and gives a `Scorer`, whose `score` and `score_many` turn texts into
`ScoredDocument`s; `judge` holds those against a policy of `load_policies`; `to_wire` and `judgement_to_wire`
turn both into the JSON of the wire format.
"""
