"""Trade blocs that sheets name in place of their members, as of 2026."""

from __future__ import annotations

from orebook.reading import letters

_MEMBERS = {
    "eu": "austria|belgium|bulgaria|croatia|cyprus|czechia|czech republic|denmark|estonia|finland|france|germany|greece|"
    "hungary|ireland|italy|"
    "latvia|lithuania|luxembourg|malta|netherlands|poland|portugal|romania|slovakia|slovenia|spain|sweden",
    "asean": "brunei|cambodia|indonesia|laos|malaysia|myanmar|philippines|singapore|thailand|timor-leste|vietnam|viet nam",
    "efta": "iceland|liechtenstein|norway|switzerland",
    "usmca": "canada|mexico|united states|usa|us",
    "mercosur": "argentina|bolivia|brazil|paraguay|uruguay",
    "gcc": "bahrain|kuwait|oman|qatar|saudi arabia|united arab emirates|uae",
}
_CALLED = {"european union": "eu", "eu27": "eu", "eu-27": "eu"}


def is_in(country: str, listed: str) -> bool:
    """Whether a country is what a list of a group names: itself, or a bloc that it is a member of."""
    name, group = letters.plain(country).strip(), letters.plain(listed).strip()
    return name == group or name in _MEMBERS.get(_CALLED.get(group, group), "").split("|")
