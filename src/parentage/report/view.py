"""How numbers and names look, decided once: the page, the figures and the terminal all ask here."""

import math
import re
from decimal import ROUND_HALF_EVEN, Decimal

from parentage.finding import Scalar

THIN = "\u202f"
ABSENT = "–"
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# Control characters have no place in a name, and direction overrides can make one name read as another.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_MOST_DECIMALS = 12


def clean(text: str) -> str:
    """`text` with control characters, direction overrides and invisible characters made visible."""
    return _UNPRINTABLE.sub("\ufffd", text)


def shorten(text: str, length: int) -> str:
    """`text` cut in the middle to `length` characters, because names differ at both ends."""
    if len(text) <= length:
        return text
    head = (length - 1) // 2
    return f"{text[:head]}…{text[len(text) - (length - 1 - head) :]}"


def count(value: float | None) -> str:
    """A whole number with thin spaces between the thousands."""
    if value is None:
        return ABSENT
    return _minus(f"{int(value):,}").replace(",", THIN)


def share(value: float | None) -> str:
    """A share as per cent with two decimals, or as many as it takes not to read as 0 or 100 when it is neither."""
    if value is None or not math.isfinite(value):
        return ABSENT
    return _percent(Decimal(value) * 100)


def share_of(part: int | None, whole: int | None) -> str:
    """`part` of `whole` as per cent, from the integers, so that one element in 1e12 still shows."""
    if part is None or not whole:
        return ABSENT
    return _percent(Decimal(part) * 100 / Decimal(whole))


def _percent(percent: Decimal) -> str:
    if percent in (0, 100):
        return f"{int(percent)}{THIN}%"
    for decimals in range(2, _MOST_DECIMALS + 1):
        rounded = percent.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
        if rounded not in (0, 100):
            return f"{_minus(str(rounded))}{THIN}%"
    bound = "100" if percent > 1 else "0"
    return f"{'just under' if bound == '100' else 'just over'} {bound}{THIN}%"


def number(value: float | None, digits: int = 4) -> str:
    """A number with `digits` significant digits; powers of ten outside 1e-4 to 1e6."""
    if value is None or not math.isfinite(value):
        return ABSENT
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)))
    if -4 <= exponent < 6:
        return _grouped(f"{value:.{max(0, digits - 1 - exponent)}f}")
    mantissa, _, power = f"{value:.{max(0, min(digits, 3) - 1)}e}".partition("e")
    return f"{_minus(mantissa)} × 10{str(int(power)).translate(_SUPERSCRIPT)}"


def weight(value: float | None, low: float | None = None, high: float | None = None) -> str:
    """A merge weight, with its interval as ± where it has one: never more decimals than the interval supports."""
    if value is None:
        return ABSENT
    if low is None or high is None:
        return _minus(f"{value:.6f}")
    down, up = value - low, high - value
    half = max(down, up)
    if down < 0 or up < 0:
        return _minus(f"{value:.6f} (interval {low:.6f} to {high:.6f})")
    if half < 5e-7:
        decimals = 6
        # The point must not be rounded to outside its own interval.
        while decimals < 10 and abs(round(value, decimals) - value) > half / 2:
            decimals += 1
        return _minus(f"{value:.{decimals}f}") + (f" ± {number(half, 2)}" if half else " ± 0")
    decimals = min(6, max(2, 1 - math.floor(math.log10(half))))
    if min(down, up) < 0.7 * half and f"{down:.{decimals}f}" != f"{up:.{decimals}f}":
        return _minus(f"{value:.{decimals}f} ({low:.{decimals}f} to {high:.{decimals}f})")
    return _minus(f"{value:.{decimals}f} ± {half:.{decimals}f}")


def size(size_bytes: int) -> str:
    """A size in bytes, in the largest decimal unit that leaves a number of at least one."""
    for unit, factor in (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size_bytes >= factor:
            return f"{size_bytes / factor:.1f}{THIN}{unit}"
    return f"{size_bytes}{THIN}bytes"


def scalar(value: Scalar) -> str:
    """Any value of a table whose columns the report does not know."""
    if value is None:
        return ABSENT
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return count(value)
    if isinstance(value, float):
        return number(value, 6)
    return value


def words(identifier: str) -> str:
    """An identifier such as `fine-tune` or `elements_read` as words."""
    return identifier.replace("_", " ")


def _minus(text: str) -> str:
    return re.sub(r"(^|[ (])-", "\\1\u2212", text)


def _grouped(text: str) -> str:
    whole, dot, fraction = text.partition(".")
    return _minus(f"{int(whole):,}".replace(",", THIN) if len(whole) > 4 else whole) + dot + fraction
