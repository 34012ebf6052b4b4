"""Errors whose text is for the user."""


class UserError(Exception):
    """Something the user can mend.

    The text is one line that names the problem, the file and place, and the cure. It holds no
    mail text. The command line prints it without a traceback and exits with `exit_code`.
    """

    exit_code = 1


class UsageError(UserError):
    """The command or a setting was written wrongly (exit code 2)."""

    exit_code = 2
