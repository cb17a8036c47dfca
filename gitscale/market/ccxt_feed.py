"""Quotes from an exchange through ccxt, whose public interface needs no account. Loads ccxt: import it when needed."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import ccxt

from gitscale.errors import Unavailable
from gitscale.market.feed import Answer, Ask
from gitscale.market.limiter import Limiter

TIMEOUT = 4.0
_BACK_OFF = (0.25, 0.75)
# so many questions in a row that nothing answered, and the rest is not asked
_PATIENCE = 3
_SHOWN = 160
_SWAPS = ("swap", "linear")
# ccxt hands on what a larger order would pay there as the best prices; those are in the book
_IMPACT_PRICED = frozenset({"hyperliquid"})
# the most funding rates that every exchange gives at once: a month of them, but for those that fall due every hour
_RATES = 100
_HOURLY_RATES = {"hyperliquid": 500}


class CcxtFeed:
    """One exchange; `url`, where there is one, takes the place of its host."""

    def __init__(self, exchange: str, now: Callable[[], datetime], url: str = "", timeout: float | None = None) -> None:
        self._now = now
        self._name = exchange
        self._seconds = TIMEOUT if timeout is None else timeout
        self._api: Any = _exchange(exchange, url, self._seconds)
        self._limiter = Limiter(self._api.rateLimit / 1000)
        self._api.throttle = self._limiter.wait
        self._api.milliseconds = lambda: int(now().timestamp() * 1000)
        self._api.on_rest_response = _whole_json
        self._known = Lock()
        self._unanswered = 0

    def know(self, markets: Sequence[Mapping[str, Any]]) -> None:
        """The markets, where they are known already."""
        with self._known:
            if not self._api.markets:
                self._understood(lambda: self._api.set_markets(list(markets)))

    def ask(self, question: Ask) -> Answer:
        """The answer of the exchange.

        Raises:
            Unavailable: it gave none.
        """
        if question.kind == "abilities":
            data: Any = {"hedge_mode": self._api.has["setPositionMode"]}
        elif question.kind == "markets":
            data = self._patient(self._api.fetch_markets)
            self.know(data)
        else:
            if not self._api.markets:
                self.ask(Ask("markets"))
            data = self._patient(self._verb(question))
        if question.kind == "tickers" and self._name in _IMPACT_PRICED:
            data = {symbol: {**ticker, "bid": None, "ask": None} for symbol, ticker in data.items()}
        return Answer(data, self._now())

    def _verb(self, question: Ask) -> Callable[[], Any]:
        api, symbol = self._api, question.symbol
        # without an end some exchanges send all there is from the start on
        page = (
            (question.since, question.bars, {"until": question.until - 1}) if question.since else (None, question.bars)
        )
        rates = min(question.bars, _HOURLY_RATES.get(self._name, _RATES))
        return {
            "tickers": partial(api.fetch_tickers),
            "book": partial(api.fetch_order_book, symbol),
            "candles": partial(api.fetch_ohlcv, symbol, question.frame, *page),
            "funding": partial(api.fetch_funding_rate_history, symbol, None, rates),
            "tiers": partial(api.fetch_market_leverage_tiers, symbol),
        }[question.kind]

    def _patient(self, verb: Callable[[], Any]) -> Any:
        """Ask, and again after a while where that may help."""
        if self._unanswered >= _PATIENCE:
            raise Unavailable(f"{self._name} was not asked any more: it left {_PATIENCE} questions without an answer")
        for pause in (*_BACK_OFF, None):
            try:
                found = self._understood(verb)
            except ccxt.OperationFailed as error:
                if pause is None:
                    self._unanswered += isinstance(error, ccxt.NetworkError)
                    raise Unavailable(self._said(error)) from None
                if isinstance(error, ccxt.DDoSProtection | ccxt.RateLimitExceeded):
                    self._limiter.pause(pause)
                time.sleep(pause)
            else:
                self._unanswered = 0
                return found
        raise AssertionError("the last attempt returns or raises")

    def _understood(self, verb: Callable[[], Any]) -> Any:
        """What ccxt makes of an answer; an answer in a form it does not know trips it in any way there is."""
        try:
            return verb()
        except ccxt.OperationFailed:
            raise
        except ccxt.BaseError as error:
            raise Unavailable(self._said(error)) from None
        except Exception as error:
            what = f"{type(error).__name__}: {error}"[:_SHOWN]
            raise Unavailable(f"{self._name} answered in a form that ccxt does not know ({what})") from None

    def _said(self, error: Exception) -> str:
        if isinstance(error, ccxt.RequestTimeout):
            return f"{self._name} did not answer within {self._seconds:g} seconds"
        if isinstance(error, ccxt.DDoSProtection | ccxt.RateLimitExceeded):
            return f"{self._name} says that it was asked too often"
        if isinstance(error, ccxt.BadResponse):
            return f"{self._name} answered with what is no whole JSON"
        what = "cannot be reached" if isinstance(error, ccxt.NetworkError) else "refused"
        told = " ".join(str(error).split()).removeprefix(f"{self._name} ")
        return f"{self._name} {what}: {told[:_SHOWN]}"


def _exchange(name: str, url: str, timeout: float) -> Any:
    if name not in ccxt.exchanges:
        raise Unavailable(f"this version of ccxt does not know {name}", "pip install --upgrade ccxt")
    api = getattr(ccxt, name)({"timeout": int(timeout * 1000), "options": {"defaultType": "swap"}})
    listing = api.options.get("fetchMarkets")
    if isinstance(listing, dict) and isinstance(listing.get("types"), list):
        listing["types"] = [kind for kind in listing["types"] if kind in _SWAPS] or listing["types"]
    if url:
        api.urls["api"] = _moved(api.urls["api"], f"{url.rstrip('/')}/{name}")
    return api


def _moved(addresses: Any, base: str) -> Any:
    """The addresses of an exchange's interfaces with another host in each."""
    if isinstance(addresses, dict):
        return {key: _moved(value, base) for key, value in addresses.items()}
    return base + urlsplit(addresses.replace("{hostname}", "host")).path if isinstance(addresses, str) else addresses


def _whole_json(code: int, *rest: Any) -> str:
    """The body of a good answer has to be JSON: ccxt would take half of one for an empty one."""
    body: str = rest[4].strip()
    if code < 400:
        try:
            json.loads(body)
        except ValueError:
            raise ccxt.BadResponse("no JSON") from None
    return body
