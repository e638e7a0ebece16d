"""Notes: a running number beside every number of the picture, its place and its sentence at the foot."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from luoshi.plan.model import Figure, Plan
from luoshi.publish.onepage.board import Board, Card, Chapter, Line, Note, Ordinal, Panel, Quote, Spot
from luoshi.publish.onepage.wording import around, clean
from luoshi.source import Document


def noted(board: Board, plan: Plan, document: Document) -> Board:
    """The board with notes, numbered as one reads: a card has its own, lines of one sentence share theirs."""
    foot = _Foot(plan, document)
    return dataclasses.replace(
        board,
        reviews=foot.panels(board.reviews),
        targets=foot.panels(board.targets),
        tasks=tuple(Chapter(one.heading, foot.panels(one.themes)) for one in board.tasks),
        livelihood=foot.panels(board.livelihood),
        titles=foot.panel(board.titles) if board.titles else None,
        notes=tuple(foot.notes),
    )


class _Foot:
    """The notes at the foot of the picture, growing."""

    def __init__(self, plan: Plan, document: Document) -> None:
        self._figures = {figure.id: figure for figure in plan.figures}
        self._document = document
        self._lines: list[Note] = []
        self.notes: list[Note] = []

    def panels(self, panels: Iterable[Panel]) -> tuple[Panel, ...]:
        return tuple(map(self.panel, panels))

    def panel(self, panel: Panel) -> Panel:
        cards, rows = tuple(map(self._card, panel.cards)), tuple(map(self._card, panel.rows))
        return dataclasses.replace(panel, cards=cards, rows=rows, lines=tuple(map(self._line, panel.lines)))

    def _card(self, card: Card) -> Card:
        figure = self._figures[card.values[0].number.figure]
        return dataclasses.replace(card, note=self._note(figure, self._sentence(figure)))

    def _line(self, line: Line) -> Line:
        figure = self._shown(line.title)
        if figure is None:
            return line
        sentence = self._sentence(figure)
        same = (one for one in self._lines if one.sentence.start == sentence.start)
        note = next((one for one in same if clean(figure.text) in one.sentence.text), None)
        if note is None:  # a long sentence is cut around its figure: another figure of it may need its own cut
            self._note(figure, sentence)
            note = self.notes[-1]
            self._lines.append(note)
        return dataclasses.replace(line, note=note.ordinal)

    def _shown(self, title: Quote) -> Figure | None:
        """The first figure that is a number of ``title``."""
        numbers = {title.text[start:end] for start, end in title.strong}
        within = (one for one in self._figures.values() if title.start <= one.start < title.end)
        return next((one for one in within if clean(one.text) in numbers), None)

    def _note(self, figure: Figure, sentence: Quote) -> Ordinal:
        ordinal = Ordinal(len(self.notes) + 1)
        self.notes.append(Note(ordinal, Spot(figure.start + 1, figure.id), sentence))
        return ordinal

    def _sentence(self, figure: Figure) -> Quote:
        """The figure's sentence, or as much of it around the figure as a line holds."""
        return Quote(*around(self._document, figure.start, figure.end))
