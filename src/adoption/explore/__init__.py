"""The controls of the notebook Explore."""

from adoption.explore.page import Explore as Explore
