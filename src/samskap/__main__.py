"""`python -m samskap` is the same as `samskap`."""

from samskap.cli import main

if __name__ == "__main__":
    main()
