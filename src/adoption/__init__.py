"""How states adopt the UN Convention against Cybercrime, and any convention like it."""

__version__ = "0.1.0"
