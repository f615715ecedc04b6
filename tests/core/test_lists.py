"""What the list screens tell: a new note stands beside those there are."""

from agent_desktop.core.lists import Lists
from agent_desktop.core.store import Store
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import InteractionPage
from tests.support.workstation import spin_until


def page(lists: Lists, interaction_id: object, notes: int) -> InteractionPage:
    """The interaction once it has that many notes."""
    found: list[InteractionPage] = []

    def take(answer: InteractionPage | None) -> None:
        if answer is not None and len(answer.notes) == notes:
            found.append(answer)
        else:
            lists.interaction(interaction_id, take)  # type: ignore[arg-type]

    take(None)
    spin_until(lambda: found, f"{notes} notes")
    return found[0]


def test_a_second_note_does_not_take_the_place_of_the_first(store: Store) -> None:
    lists = Lists(store)
    interaction = new_id()
    lists.save_note(interaction, None, "the first")
    lists.save_note(interaction, None, "the second")
    notes = page(lists, interaction, 2).notes
    assert sorted(note.text for note in notes) == ["the first", "the second"]
    lists.save_note(interaction, notes[0].id, notes[0].text + ", changed", notes[0].text)
    lists.save_note(interaction, None, "the third")
    texts = sorted(note.text for note in page(lists, interaction, 3).notes)
    assert texts == sorted([notes[0].text + ", changed", notes[1].text, "the third"])
