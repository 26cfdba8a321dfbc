"""Lines for a terminal or a build's log, in which nothing that a stranger wrote is a command.

GitHub's runner obeys a line that begins with two colons, after blanks, and "##[" anywhere in one.
"""

from parentage.report import view


def inert(text: str) -> str:
    """Return a text as one line without control characters that no terminal and no runner obeys."""
    line = view.clean(" ".join(text.split("\n")).replace("\r", " ").replace("\t", " "))
    # Each may be written again by what is taken away: "##" before "##[".
    line = line.replace("##[", "# #[")
    start = len(line) - len(line.lstrip())
    return f"{line[:start]}: :{line[start + 2 :]}" if line.startswith("::", start) else line
