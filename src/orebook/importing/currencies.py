"""Currencies by code, symbol and name, and rates between them and the dollar."""

from __future__ import annotations

_WORDS = {
    "USD": "usd us$ $ $us dollar dollars usdollar usdollars us-dollar",
    "EUR": "eur € euro euros",
    "GBP": "gbp £ sterling poundssterling",
    "JPY": "jpy yen 円 jp¥",
    "CNY": "cny rmb yuan 元 renminbi cn¥",
    "KRW": "krw ₩ won 원",
    "CHF": "chf sfr franken",
    "CAD": "cad c$ ca$",
    "AUD": "aud a$ au$",
    "INR": "inr ₹ rupee rupees rs",
    "ZAR": "zar rand",
    "SEK": "sek",
    "NOK": "nok",
    "BRL": "brl r$",
    "RUB": "rub ₽",
    "KZT": "kzt tenge ₸",
    "CLP": "clp",
    "IDR": "idr rupiah",
    "TWD": "twd nt$",
    "SGD": "sgd s$",
    "TRY": "try ₺ lira",
    "MXN": "mxn",
    "PLN": "pln zł",
    "CZK": "czk",
    "HKD": "hkd hk$",
    "AED": "aed",
    "SAR": "sar",
    "MYR": "myr",
    "THB": "thb",
    "VND": "vnd",
    "PHP": "php",
}
CURRENCIES = {word: code for code, words in _WORDS.items() for word in words.split()}
"""word, in lower case -> code."""

ROUGHLY_A_DOLLAR = {
    "USD": 1.0,
    "EUR": 0.9,
    "GBP": 0.78,
    "JPY": 150.0,
    "CNY": 7.1,
    "KRW": 1400.0,
    "CHF": 0.85,
    "CAD": 1.38,
    "AUD": 1.52,
    "INR": 86.0,
    "ZAR": 18.0,
}
"""How many of a currency a dollar was worth within a factor of two for years: only tells which way round a rate is given."""
