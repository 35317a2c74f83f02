"""`python -m adoption` is the console script `adoption`."""

from adoption.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
