"""The typefaces: what the list of characters promises, both files hold."""

from pathlib import Path

import pytest
import typst

from luoshi.publish import fonts


def _shown(text: str, weight: str) -> bool:
    source = f'#set document(title: "t")\n#set text(font: "{fonts.FAMILY}", weight: "{weight}")\n#sys.inputs.text'
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.folder()])
    try:
        typst.compile(source.encode(), font_paths=book, format="pdf", pdf_standards=["ua-1"], sys_inputs={"text": text})
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return False
    return True


def _gbk() -> str:
    pairs = (bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    return "".join(pair.decode("gbk", "ignore") for pair in pairs).replace("\x7f", "")


def test_gbk_is_covered_but_for_the_one_sign_the_original_lacks() -> None:
    assert fonts.missing(_gbk()) == ("≒",)


def test_rare_characters_of_places_and_names_are_covered() -> None:
    assert fonts.missing("喆珺㛃镕䶮㵲阳河𬭚𫟹弘彧") == ()


def test_missing_names_each_character_once_in_order() -> None:
    assert fonts.missing("甲\U00020000乙\ue5e5\U00020000") == ("\U00020000", "\ue5e5")


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_both_files_show_every_character_of_the_list(weight: str) -> None:
    listed = "".join(chr(point) for point in sorted(fonts._coverage()))
    assert _shown(listed, weight)


def test_a_character_outside_the_list_is_outside_the_files() -> None:
    assert not _shown("\U00020000", "regular")


def test_the_licence_travels_with_the_fonts() -> None:
    folder = Path(fonts.folder())
    licence = (folder / "OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright 2014-2021 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert {p.name for p in folder.glob("*.ttf")} == {"NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"}
