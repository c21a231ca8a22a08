"""The reader's network: an encoder, and heads over its word vectors.

Heads: the event type of each word (or none), how surely each word's event happened (-3 to 3), whether it tells that
somebody said something, and, for a trigger, its modality and verification and the role of every other word. The pair
head adds a trigger's vector, a word's vector and their distance, and multiplies the two once, so that the runtime can
compute it for all pairs in a few products.
"""

import torch
from torch import Tensor, nn

from dateline import codes
from training.reader.encoder import Encoder
from training.reader.examples import ROLES

EVENTS, MODALITIES, VERIFICATIONS = tuple(codes.EVENTS), tuple(codes.MODALITIES), tuple(codes.VERIFICATIONS)
PAIR = 256  # width of the pair head
REACH = 24  # words: distances beyond this are told apart by their logarithm only
DISTANCES = 2 * (REACH + 4) + 1
TYPES = 1 + len(EVENTS)


def distance_bucket(away: Tensor) -> Tensor:
    """Signed distance in words → bucket number, 0 to DISTANCES - 1."""
    size = away.abs()
    far = REACH + 1 + torch.log2(size.float().clamp(min=REACH + 1) / (REACH + 1)).long().clamp(max=3)
    size = torch.where(size <= REACH, size, far)
    return torch.where(away < 0, -size, size) + REACH + 4


class Heads(nn.Module):
    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.event = nn.Linear(hidden, TYPES)
        self.fact = nn.Linear(hidden, 1)
        self.saying = nn.Linear(hidden, 1)
        self.modality = nn.Linear(hidden, len(MODALITIES))
        self.verification = nn.Linear(hidden, len(VERIFICATIONS))
        self.trigger_side = nn.Linear(hidden, 2 * PAIR)
        self.word_side = nn.Linear(hidden, 2 * PAIR)
        self.distance = nn.Embedding(DISTANCES, PAIR)
        self.across = nn.Embedding(3, PAIR)  # the word's sentence: before, the same, after
        self.role = nn.Linear(PAIR, len(ROLES))
        nn.init.normal_(self.distance.weight, std=0.1)
        nn.init.normal_(self.across.weight, std=0.1)

    def pairs(self, words: Tensor, triggers: Tensor, of: Tensor, at: Tensor, sentences: Tensor) -> Tensor:
        """Role scores (logits) of every word of a window for every trigger.

        words: (windows, words, hidden); triggers: (triggers, hidden); of, at: the window of each trigger and the
        position of its first word there; sentences: (windows, words). Returns (triggers, words, roles).
        """
        places = torch.arange(words.shape[1], device=words.device)
        away = distance_bucket(places[None, :] - at[:, None])
        side = (sentences[of] - sentences[of, at][:, None]).sign() + 1
        plain, times = self.trigger_side(self.dropout(triggers)).chunk(2, dim=-1)
        plain_word, times_word = self.word_side(self.dropout(words))[of].chunk(2, dim=-1)
        mixed = plain[:, None] + plain_word + self.distance(away) + self.across(side)
        mixed = mixed + times[:, None] * times_word
        return self.role(self.dropout(torch.relu(mixed)))  # type: ignore[no-any-return]


class Reader(nn.Module):
    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(encoder.shape.hidden)
