"""When a convention will have enough parties: a forecast that is scored."""

from adoption.forecasting.answer import Forecast
from adoption.forecasting.threshold import forecast_threshold

__all__ = ["Forecast", "forecast_threshold"]
