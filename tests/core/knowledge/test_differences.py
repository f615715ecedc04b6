"""Two editions line by line."""

from agent_desktop.core.knowledge.differences import difference
from agent_desktop.data.knowledge_rows import ArticleContent


def test_what_changed() -> None:
    before = ArticleContent(title="A", text="\n".join(f"line {n}" for n in range(40)), tags=("x",))
    after = ArticleContent(title="B", text=before.text.replace("line 30", "line thirty"), tags=("x",))
    lines = difference(before, after)
    assert [(line.sign, line.text) for line in lines if line.sign in "+-"] == [
        ("-", "A"), ("+", "B"), ("-", "line 30"), ("+", "line thirty"),
    ]  # fmt: skip
    assert [line.sign for line in lines].count("…") == 1
    assert difference(before, before) == ()
