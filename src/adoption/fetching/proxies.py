"""The proxy that the environment names for an address."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

import httpx

from adoption.errors import AdoptionError


def proxy_for(url: httpx.URL) -> httpx.Proxy | None:
    """Return the proxy through which to ask, as HTTPS_PROXY, ALL_PROXY, NO_PROXY and others say."""
    named = getproxies()
    value = named.get(url.scheme) or named.get("all")
    if not value or proxy_bypass(url.host):
        return None
    try:
        proxy = httpx.Proxy(value if "://" in value else f"http://{value}")
    except (httpx.InvalidURL, ValueError):
        proxy = None
    if proxy is None or proxy.url.scheme not in ("http", "https") or not proxy.url.host:
        raise AdoptionError(
            f"the environment's proxy for {url.scheme} addresses: cannot be used; allowed: such as "
            "http://proxy.example.org:3128"
        )
    return proxy
