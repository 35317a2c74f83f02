"""When a convention will have enough parties: a forecast that is scored."""

from adoption.forecasting.forecast import Forecast, forecast_threshold

__all__ = ["Forecast", "forecast_threshold"]
