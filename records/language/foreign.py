"""Shapes of digits that are no reading whatever stands around: telephones, addresses, money."""

import re

_SHAPES = re.compile(
    r"""
    (?:https?://|www\.)\S+ | [\w.+-]+@[\w-]+\.\w+                   # links and addresses
  | (?<![\d.])\d{1,4}(?:\.\d{1,4}){3}(?:/\d+)?(?![\d.]*\d)          # IP addresses, wrong ones too
  | \b(?:[0-9a-f]{1,4}:){2,}:?[0-9a-f:.]*[a-f:][0-9a-f:]*           # IPv6
  | (?:\+|\b00)\s?\(?\d[\d\s().-]{6,}\d | \(\+?\d{1,4}\)[\d\s().-]{5,}\d   # telephones abroad
  | (?<![\d/.-])\d{2,4}[- ]\d{3,4}[- ]\d{4,5}(?:[- ]\d+)?(?![\d/])   # grouped telephones
  | (?<![\d/.-])\d{4,5}[- ]\d{3}[- ]\d{3}(?![\d/])
  | (?<![\d/.-])\d{3}-\d{4,8}(?:-\d+)*(?!\d)
  | (?<![\d/.-])0\d{2,4}[- ]\d{5,8}(?![\d/])                       # telephones at home
  | (?<![\d.])(?:\d{2}[- ]){3,}\d{2,4}(?!\d)
  | (?<![\d.])\d{7,17}[\dx](?![\d./]*/)   # long runs: identity
  | [$€£¥₡₭₹]\s?\d(?:[\d,.]*\d)?k? | \d[\d,.]*\s?[$€£¥₡₭₹]                 # money
  | (?<!\d)[5-9]0后(?=$|[,。的])                                     # born in the eighties
  | \b\d+\s?x\s?\d+(?:\s?x\s?\d+)?\b                                # sizes
  | \d+[栋幢座]\s?\d+(?:[-/]\d+)*[号室]? | (?<![\d/.])\d+(?:-\d+){1,2}[号室]   # the same in Chinese
  | (?<![\d/.])\d{1,4}[a-z]?(?:/\d{1,4})?,?\s
    (?:(?!after|before|in|on|at|by|near|the|a|and|with|my)[a-z']+\s){1,2}
    (?:street|road|rd|avenue|ave|lane|crescent|grove|terrace|court|square|gardens|mews|boulevard|
       parade|mansions|estate|heights)\b                            # where somebody lives
  | (?:call|dial|phone|ring)\s(?:911|999|112|120|110)\b
  | (?:call(?:ed|ing)?|dial(?:l?ed|l?ing)?|phon(?:ed|ing|e)|r[aiu]ng|ringing|text(?:ed|ing)?)
    \s(?:on\s)?\d{3,}(?![\d/.])
  | (?<!steps:\s)(?<!steps\s)(?<!步数)(?<!走了)\b911\b(?!\s?(?:steps?\b|步))
  | [打叫拨](?:打|了|个)?\s?(?:120|110|999|119)                      # emergency numbers
    """,
    re.X,
)


def foreign_spans(line: str) -> list[tuple[int, int]]:
    """Find where such shapes stand."""
    return [m.span() for m in _SHAPES.finditer(line)]
