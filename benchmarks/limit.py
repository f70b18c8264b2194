# SPDX-License-Identifier: MIT
"""What a row would take if there were nothing in it but its matrix products and the memory traffic that must
be.

Products are counted as multiply-adds of two operations over real pieces (no padding): of every encoder layer
the joined query, key and value, the attention's two products, its output and the two of the inner layer; of
the heads the candidates that training samples, and at evaluation all spans, projected once each. A backward
pass has twice the products of its forward pass; with a frozen encoder there is only the forward one. Pairs at
evaluation depend on what is predicted and are left out, and so is all that is neither product nor optimiser:
the limit is a lower bound of the time.

Traffic: each step the optimiser reads weight, gradient and two moments of every trained value and writes
weight and moments back (28 bytes); the norm of all gradients must be known before, so that they are read once
more (4 bytes). Embedding rows that occur in the training data have no gradient in most steps, but weights and
moments move (24 bytes); the others have none. Weights that products read count among the products: their
rates are measured with as many different weights as the encoder has, and with as many rows as steps have.
Rates are medians, before and after the rows, as the rows themselves are.
"""

from dataclasses import dataclass

UPDATE_BYTES = 32  # per trained value and step
TABLE_BYTES = 24   # per value of an embedding row that occurs


@dataclass(frozen=True)
class Encoder:
    """The sizes of a BERT."""
    width: int
    inner: int
    layers: int

    def layer_flops(self, pieces):
        """Products of the linear layers in one forward pass over so many pieces."""
        return 2 * pieces * self.layers * (4 * self.width * self.width + 2 * self.width * self.inner)

    def attention_flops(self, lengths):
        """Queries times keys and probabilities times values, in sentences of these lengths."""
        return sum(4 * self.layers * self.width * n * n for n in lengths)

    def forward_flops(self, lengths):
        return self.layer_flops(sum(lengths)) + self.attention_flops(lengths)

    def trained_values(self):
        """Weights, biases and norms of the layers, without tables and pooler."""
        h, i = self.width, self.inner
        return self.layers * (4 * (h * h + h) + h * i + i + i * h + h + 4 * h)


@dataclass(frozen=True)
class Sentence:
    """What of a sentence counts: sizes, and what is annotated."""
    pieces: int
    words: int
    entities: int
    relations: int

    def all_spans(self, widest=10):
        return sum(max(0, self.words - width + 1) for width in range(1, widest + 1))

    def sampled_spans(self, negatives=100):
        return self.entities + min(negatives, self.all_spans() - self.entities)

    def sampled_pairs(self, negatives=100):
        return self.relations + min(negatives, max(0, self.entities * (self.entities - 1) - self.relations))


@dataclass(frozen=True)
class Heads:
    """SpERT's two linear heads over a model of this width."""
    width: int
    entity_types: int
    relation_types: int
    width_embedding: int = 25

    def training_flops(self, sentence):
        """One forward pass over the sampled candidates."""
        spans = sentence.sampled_spans() * (2 * self.width + self.width_embedding) * (self.entity_types + 1)
        pairs = sentence.sampled_pairs() * (3 * self.width + 2 * self.width_embedding) * self.relation_types
        return 2 * (spans + pairs)

    def evaluation_flops(self, sentence):
        return 2 * sentence.all_spans() * self.width * (self.entity_types + 1)


@dataclass(frozen=True)
class Rates:
    """What the machine does in a second: operations of forward and of backward products, bytes."""
    forward: float
    backward: float
    memory: float


def training_seconds(encoder, heads, sentences, batch, occurring_rows, rates):
    """One epoch; an incomplete last batch is dropped."""
    steps = len(sentences) // batch
    used = sentences[:steps * batch]
    forward = encoder.forward_flops([s.pieces for s in used]) + sum(heads.training_flops(s) for s in used)
    traffic = steps * (UPDATE_BYTES * encoder.trained_values() + TABLE_BYTES * occurring_rows * encoder.width)
    return forward / rates.forward + 2 * forward / rates.backward + traffic / rates.memory


def evaluation_seconds(encoder, heads, sentences, rates):
    forward = encoder.forward_flops([s.pieces for s in sentences]) + sum(
        heads.evaluation_flops(s) for s in sentences
    )
    return forward / rates.forward
