"""The figures of `/metrics`, one registry an application so that two of them in one process do not mix."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0)
_KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})


class Figures:
    """Counts requests by route (never by address, which would hold draft ids), and runs by outcome."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "zhibi_http_requests", "Answered requests", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "zhibi_http_request_seconds", "Time to answer", ("route",), buckets=_SECONDS, registry=self.registry
        )
        self._runs = Gauge("zhibi_runs", "Drafting runs in the record by state", ("state",), registry=self.registry)
        self._readers = Gauge("zhibi_event_readers", "Open event streams", registry=self.registry)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one answered request. An invented method must not make a new row each time."""
        known = method if method in _KNOWN_METHODS else "other"
        self._requests.labels(known, route, str(status)).inc()
        if not route.endswith("/events"):
            self._seconds.labels(route).observe(seconds)

    def render(self, runs: dict[str, int], readers: int) -> bytes:
        """The text of `/metrics`."""
        for state, count in runs.items():
            self._runs.labels(state).set(count)
        self._readers.set(readers)
        return generate_latest(self.registry)
