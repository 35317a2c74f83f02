"""When a convention will have enough parties: a forecast that is scored."""

from adoption.forecast.answer import Forecast
from adoption.forecast.threshold import forecast_threshold

__all__ = ["Forecast", "forecast_threshold"]
