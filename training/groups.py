"""Desks and regions of English, told from what articles say of themselves."""

from __future__ import annotations

import re

#: The first desk with a word of an article's genre.
_DESKS = {
    "opinion": "opinion|column|letters|editorial|essay|review|satire|sermon|commentary",
    "checks and explainers": "fact.?check|explainer|q&a|live|timeline|interview|transcript|listicle|guide|how.to",
    "sport": "sport|football|cricket|rugby|tennis|golf|nba|nfl|hockey|cycling|athletic|olympic|racing|boxing|baseball"
    "|basketball|soccer|transfer|match|motorsport|swimming|esports|e-sports|doping",
    "courts and crime": "court|crime|trial|police|inquest|murder|shooting|fraud|sentenc|arrest|abduct|accident|fire",
    "business": "business|market|econom|merger|earning|bank|compan|financ|trade|labour|labor|jobs|mining|energy|oil"
    "|retail|consumer|property|airline|aviation|executive|ipo|start.?up|central bank|insurance|layoff|manufactur",
    "technology": "tech|gadget|software|game|gaming|phone|app|security breach|ai\\b|space|cyber",
    "science and health": "science|health|medic|study|outbreak|environment|climate|research|wildlife|astronom|nature"
    "|food",
    "entertainment": "entertain|celebrity|music|film|television|tv|theatre|royal|gossip|fashion|book|culture|art"
    "|obituar",
    "politics": "politic|election|congress|senate|campaign|parliament|white house|government|council|poll|vote|debate",
    "world": "world|war|diplom|conflict|africa|asia|europe|middle east|peace|refugee|aid|border|protest|rescue"
    "|disaster",
    "local": "local|town|school|education|weather|transport|community|human interest|travel|road|housing",
}
_REGIONS = {
    "Australian and NZ": "austral|new zealand|\\bnz\\b|rnz|kiwi|sydney|melbourne|queensland|abc",
    "British": "\\buk\\b|british|london|scottish|scotland|welsh|wales|england|english (?:regional|daily)|yorkshire|bbc",
    "Irish": "irish|ireland|dublin|ulster",
    "South Asian": "india|pakistan|bangladesh|sri lanka|nepal|delhi|mumbai|bengaluru|hindu|karachi|dhaka|lahore",
    "African": "africa|nigeria|kenya|ghana|uganda|lagos|nairobi|zimbabwe|tanzania|zambia|malawi|rwanda",
    "Gulf and Middle East": "gulf|qatar|emirat|saudi|israel|turkish|turkey|egypt|lebanon|iran|iraq|jordan|arab|jazeera",
    "East Asian": "singapore|hong kong|china|chinese|japan|korea|philippin|malaysia|asian|taiwan|indonesia|thai|nikkei",
    "European": "europe|german|french|france|brussels|russian|ukrain|deutsche|nordic|spain|italian|polish|baltic",
    "North American": "\\bus\\b|u\\.s\\.|america|washington|new york|canad|texas|california|national daily|wall street",
    "international wire": "wire|agency|reuters|afp|\\bap\\b|international",
}


def desk(genre: str) -> str:
    """The desk of an article, from its genre."""
    return _first(_DESKS, genre, "other")


def region(style: str) -> str:
    """The region of English of an article, from its style."""
    return _first(_REGIONS, style, "other")


def _first(patterns: dict[str, str], text: str, otherwise: str) -> str:
    return next((name for name, pattern in patterns.items() if re.search(pattern, text.lower())), otherwise)
