"""Files damaged on purpose."""

from __future__ import annotations

import pytest

from adoption.core.decode import UnreadableError
from tests.sources.damage import READERS, SOUND, content, damaged, expected


@pytest.mark.parametrize("reader", READERS)
def test_a_damaged_file_is_refused_with_a_clear_line(reader: str) -> None:
    READERS[reader](SOUND[reader], "sound")
    names = [name for name in damaged() if name.startswith(f"{reader}/")]
    assert names
    for name in names:
        with pytest.raises(UnreadableError) as caught:
            READERS[reader](content(name), name)
        # How deep JSON may go differs between versions of Python: it is refused in either way.
        wanted = "not " if name.endswith("/deep.json") else expected()[name]
        assert str(caught.value).startswith(f"{name}: {wanted}")
        assert len(str(caught.value).splitlines()) == 1


def test_every_damaged_file_has_an_expected_line() -> None:
    assert expected().keys() == set(damaged())
