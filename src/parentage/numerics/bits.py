"""Compiled pieces of the scan for bf16: bit casts, and the vector loops over one block of elements.

The loops are written out as vector instructions: their fp32 sums must run in one fixed order on every machine, and a
compiler that vectorises a plain loop chooses its own. Where two bf16 share a 32-bit word, the even element is the
low half and the odd element the high one, so that either becomes an fp32 by a single shift or mask.

Counting is bit-sliced: every element sets bits of a byte or word, one for each thing counted, and vectors of those are
added by carry-save adders (Harley and Seal; Muła, Kurz and Lemire, https://arxiv.org/abs/1611.07612), two logic
instructions for each of all counts at once.
"""

from collections.abc import Callable, Sequence
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 16
SUMS = 15
# Arrays are padded to a multiple of what one step of the widest loop takes.
STEP = 512
THRESHOLDS = 7
AHEAD = 2048
# Rows of count_distances: for each of three distances the seven thresholds, then a row of its own.
DISTANCE_ROWS = 3 * (THRESHOLDS + 1)
MATCH_ROWS = 16
WIDTH = 32
_WORDS = 8
_CODE = ir.VectorType(ir.IntType(16), WIDTH)
_BYTE = ir.VectorType(ir.IntType(8), 2 * WIDTH)
_WORD = ir.VectorType(ir.IntType(32), LANES)
_F32 = ir.VectorType(ir.FloatType(), LANES)
_I64 = ir.IntType(64)


@intrinsic
def bits_of(typing_context: Any, value: Any) -> Any:
    """Return the bit pattern of an fp32."""
    return types.uint32(types.float32), lambda context, build, sig, args: build.bitcast(args[0], ir.IntType(32))


@intrinsic
def float_of(typing_context: Any, value: Any) -> Any:
    """Return the fp32 of a bit pattern."""
    return types.float32(types.uint32), lambda context, build, sig, args: build.bitcast(args[0], ir.FloatType())


def _splat(kind: Any, value: int) -> Any:
    return ir.Constant(kind, [value] * kind.count)


def _function(build: Any, name: str, result: Any, takes: Sequence[Any]) -> Any:
    return cgutils.get_or_insert_function(build.module, ir.FunctionType(result, takes), name)


class _Codes:
    """Emits instructions on vectors of 32 bf16 codes."""

    def __init__(self, context: Any, build: Any, sig: Any, args: Any) -> None:
        self.build = build
        self._data = [
            context.make_array(kind)(context, build, arg).data
            for kind, arg in zip(sig.args, args, strict=True)
            if isinstance(kind, types.Array)
        ]
        self._saturating = _function(build, "llvm.ssub.sat.v32i16", _CODE, [_CODE, _CODE])
        self._absolute = _function(build, "llvm.abs.v32i16", _CODE, [_CODE, ir.IntType(1)])

    def load(self, array: int, index: Any) -> Any:
        """Return 32 codes."""
        place = self.build.bitcast(self.build.gep(self._data[array], [index]), _CODE.as_pointer())
        return self.build.load(place, align=2)

    def fetch_ahead(self, array: int, index: Any) -> None:
        """Ask for a cache line that a later step reads; beyond the end it asks for nothing."""
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        place = self.build.gep(self._data[array], [self.build.add(index, ir.Constant(index.type, AHEAD))])
        prefetch = _function(self.build, "llvm.prefetch.p0", ir.VoidType(), [byte, number, number, number])
        self.build.call(prefetch, [self.build.bitcast(place, byte), *(ir.Constant(number, n) for n in (0, 3, 1))])

    def store(self, value: Any, array: int, index: Any) -> None:
        """Write a vector from an element on."""
        place = self.build.bitcast(self.build.gep(self._data[array], [index]), value.type.as_pointer())
        self.build.store(value, place, align=2)

    def adder(self, array: int, first: int) -> Callable[[Any, int], None]:
        """Return what adds a value to one of an array's int64 rows, counted from `first`."""

        def add(value: Any, row: int) -> None:
            place = self.build.gep(self._data[array], [ir.Constant(_I64, first + row)])
            self.build.store(self.build.add(self.build.load(place), value), place)

        return add

    def magnitude(self, code: Any) -> Any:
        """Return codes without their signs."""
        return self.build.and_(code, _splat(_CODE, 0x7FFF))

    def ordinal(self, code: Any) -> Any:
        """Return places on the lattice; both zeros are 0."""
        sign = self.build.ashr(code, _splat(_CODE, 15))
        return self.build.sub(self.build.xor(self.magnitude(code), sign), sign)

    def distance(self, left: Any, right: Any) -> Any:
        """Return absolute differences of places; those beyond 32767 end at 32767 or 32768, unsigned."""
        difference = self.build.call(self._saturating, [left, right])
        return self.build.call(self._absolute, [difference, ir.Constant(ir.IntType(1), 0)])

    def larger(self, left: Any, right: Any) -> Any:
        """Return unsigned maxima."""
        return self.build.select(self.build.icmp_unsigned(">", left, right), left, right)

    def smaller(self, left: Any, right: Any) -> Any:
        """Return unsigned minima."""
        return self.build.select(self.build.icmp_unsigned("<", left, right), left, right)

    def value(self, codes: Any, odd: bool) -> Any:
        """Return the fp32 values of the even or the odd elements."""
        word = self.build.bitcast(codes, _WORD)
        if odd:
            return self.build.bitcast(self.build.and_(word, _splat(_WORD, 0xFFFF0000)), _F32)
        return self.build.bitcast(self.build.shl(word, _splat(_WORD, 16)), _F32)

    def at_least(self, distances: Any, floor: int, odd: bool) -> Any:
        """Say for the even or the odd elements whether a distance reaches the floor."""
        word = self.build.bitcast(distances, _WORD)
        if not odd:
            word = self.build.shl(word, _splat(_WORD, 16))
        return self.build.icmp_unsigned(">", word, _splat(_WORD, (floor << 16) - 1))

    def flags(self, mask: Any, bits: int, otherwise: Any = None) -> Any:
        """Return the bits where the mask holds, zero or something else elsewhere."""
        return self.build.select(mask, _splat(_CODE, bits), _splat(_CODE, 0) if otherwise is None else otherwise)


class _BitCounter:
    """Counts for each bit of a byte or word how many of up to 64 vectors times lanes have it set."""

    def __init__(self, build: Any, planes: int) -> None:
        self._build = build
        self._planes = [cgutils.alloca_once_value(build, _splat(_CODE, 0)) for _ in range(planes)]

    def add(self, words: Sequence[Any]) -> None:
        """Add eight vectors."""
        build = self._build
        carries = list(words)
        for plane in self._planes[:3]:
            total, carried = build.load(plane), []
            for first, second in zip(carries[::2], carries[1::2], strict=True):
                either = build.xor(first, second)
                carried.append(build.or_(build.and_(first, second), build.and_(total, either)))
                total = build.xor(total, either)
            build.store(total, plane)
            carries = carried
        (carry,) = carries
        for plane in self._planes[3:]:
            total = build.load(plane)
            build.store(build.xor(total, carry), plane)
            carry = build.and_(total, carry)

    def flush(self, kind: Any, write: Callable[[Any, int], None]) -> None:
        """Hand over the count of each bit of the lanes of `kind`, as int64."""
        build = self._build
        mask_type = ir.IntType(kind.count)
        population = _function(build, f"llvm.ctpop.i{kind.count}", mask_type, [mask_type])
        for bit in range(kind.element.width):
            count: Any = ir.Constant(_I64, 0)
            for weight, plane in enumerate(self._planes):
                lanes = build.bitcast(build.load(plane), kind)
                found = build.icmp_unsigned("!=", build.and_(lanes, _splat(kind, 1 << bit)), _splat(kind, 0))
                ones = build.call(population, [build.bitcast(found, mask_type)])
                ones = build.zext(ones, _I64) if kind.count < 64 else ones
                count = build.add(count, build.shl(ones, ir.Constant(_I64, weight)))
            write(count, bit)


def _steps(build: Any, count: Any, step: int) -> Any:
    return cgutils.for_range_slice(build, ir.Constant(count.type, 0), count, ir.Constant(count.type, step))


def _terms(codes: _Codes, three: Sequence[Any], apart: Any, odd: bool) -> list[tuple[Any, Any]]:
    """Return the fifteen products, each with the mask of the elements that it is summed over (None for all)."""
    build = codes.build
    s, x, b = (codes.value(code, odd) for code in three)
    d, y = build.fsub(x, b), build.fsub(s, b)
    eight, thirty_two = (codes.at_least(apart, floor, odd) for floor in (8, 32))
    power = build.bitcast(build.and_(build.bitcast(s, _WORD), _splat(_WORD, 0x7F800000)), _F32)
    found = []
    for left, right in ((d, d), (d, y), (y, y), (power, power)):
        product = build.fmul(left, right)
        found += [(product, None), (product, eight), (product, thirty_two)]
    return found + [(build.fmul(left, b), eight) for left in (d, y, b)]


@intrinsic
def sum_products(
    typing_context: Any, subject: Any, other: Any, reference: Any, apart: Any, sums: Any, largest: Any, count: Any
) -> Any:
    """Sum over `count` elements, a multiple of 32: fifteen products in sixteen lanes.

    Arguments: three uint16 arrays; `apart` uint16, written with the distance of other and reference; `sums` fp32 of
    15 * 16, written: d*d, d*y, y*y, u*u for all elements, those 8 and those 32 apart, then d*b, y*b, b*b for 8;
    `largest` uint16 of 32, written with the largest sign-free code of any of the three, which tells NaN and infinity.
    Lane j of a step takes elements 2j and 2j+1, in this order.
    """
    signature = types.void(subject, other, reference, apart, sums, largest, types.intp)

    def generate(context: Any, build: Any, sig: Any, args: Any) -> Any:
        codes = _Codes(context, build, sig, args)
        totals = [cgutils.alloca_once_value(build, _splat(_F32, 0)) for _ in range(SUMS)]
        most = cgutils.alloca_once_value(build, _splat(_CODE, 0))
        with _steps(build, args[6], WIDTH) as (index, _):
            three = [codes.load(array, index) for array in range(3)]
            for array in range(3):
                codes.fetch_ahead(array, index)
            top = build.load(most)
            for code in three:
                top = codes.larger(codes.magnitude(code), top)
            build.store(top, most)
            distance = codes.distance(codes.ordinal(three[1]), codes.ordinal(three[2]))
            codes.store(distance, 3, index)
            for odd in (False, True):
                for total, (term, mask) in zip(totals, _terms(codes, three, distance, odd), strict=True):
                    # A sum that began at zero is never minus zero: leaving an element out is adding zero.
                    held = build.load(total)
                    added = build.fadd(held, term)
                    build.store(added if mask is None else build.select(mask, added, held), total)
        for place, total in enumerate(totals):
            codes.store(build.load(total), 4, ir.Constant(_I64, place * LANES))
        codes.store(build.load(most), 5, ir.Constant(_I64, 0))
        return context.get_dummy_value()

    return signature, generate


def _smeared(codes: _Codes, low: Any, high: Any) -> Any:
    """Return 64 distances as bytes whose bit k says whether the distance is at least 2^k, up to 2^6."""
    build, most = codes.build, _splat(_CODE, 0x7F)
    low, high = codes.smaller(low, most), codes.smaller(high, most)
    both = build.or_(low, build.shl(high, _splat(_CODE, 8)))
    for places, mask in ((1, 0x7F7F), (2, 0x3F3F), (4, 0x0F0F)):
        shifted = build.and_(build.lshr(both, _splat(_CODE, places)), _splat(_CODE, mask))
        both = build.or_(both, shifted)
    return both


@intrinsic
def count_distances(
    typing_context: Any, subject: Any, other: Any, reference: Any, apart: Any, counts: Any, count: Any
) -> Any:
    """Count distances over `count` elements, a multiple of 512 and at most 2048, into 24 int64 rows.

    Eight rows each for (subject, reference), (subject, other), (other, reference): elements at least 1, 2, 4, ... 64
    apart, and as the first group's eighth those at which the three do not all agree. `apart` as sum_products wrote it.
    """
    signature = types.void(subject, other, reference, apart, counts, types.intp)

    def generate(context: Any, build: Any, sig: Any, args: Any) -> Any:
        codes = _Codes(context, build, sig, args)
        counters = [_BitCounter(build, planes=6) for _ in range(3)]
        with _steps(build, args[5], 2 * WIDTH * _WORDS) as (index, _):
            words: list[list[Any]] = [[], [], []]
            for turn in range(_WORDS):
                halves = []
                for half in range(2):
                    place = build.add(index, ir.Constant(index.type, (2 * turn + half) * WIDTH))
                    s, x, b = (codes.ordinal(codes.load(array, place)) for array in range(3))
                    halves.append([codes.distance(s, b), codes.distance(s, x), codes.load(3, place)])
                found = [_smeared(codes, low, high) for low, high in zip(*halves, strict=True)]
                some = build.shl(build.or_(found[0], found[2]), _splat(_CODE, 7))
                found[0] = build.or_(found[0], build.and_(some, _splat(_CODE, 0x8080)))
                for held, word in zip(words, found, strict=True):
                    held.append(word)
            for counter, held in zip(counters, words, strict=True):
                counter.add(held)
        for group, counter in enumerate(counters):
            counter.flush(_BYTE, codes.adder(4, 8 * group))
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def count_matches(
    typing_context: Any,
    subject: Any,
    other: Any,
    reference: Any,
    apart: Any,
    leader: Any,
    runner_up: Any,
    counts: Any,
    count: Any,
) -> Any:
    """Count over `count` elements, a multiple of 256 and at most 2048, into 16 int64 rows.

    Rows: the subject equals other, reference, leader, runner-up; then three rows each for elements whose candidates
    agree, lie one apart, are *mid* (two or more apart, the leader equal to neither), and for those at which leader and
    runner-up differ: how many, and how many of them equal leader and runner-up.
    """
    signature = types.void(subject, other, reference, apart, leader, runner_up, counts, types.intp)

    def generate(context: Any, build: Any, sig: Any, args: Any) -> Any:
        codes = _Codes(context, build, sig, args)
        counter = _BitCounter(build, planes=7)
        with _steps(build, args[7], WIDTH * _WORDS) as (index, _):
            words = []
            for turn in range(_WORDS):
                place = build.add(index, ir.Constant(index.type, turn * WIDTH))
                words.append(_match_bits(codes, [codes.load(array, place) for array in range(6)]))
            counter.add(words)
        counter.flush(_CODE, codes.adder(6, 0))
        return context.get_dummy_value()

    return signature, generate


def _match_bits(codes: _Codes, six: Sequence[Any]) -> Any:
    """Return a word for each element, with a bit for each row that it counts in."""
    build = codes.build
    s, x, b, apart, won, lost = six
    agree, one = (build.icmp_unsigned("==", apart, _splat(_CODE, place)) for place in (0, 1))
    between = build.and_(build.icmp_unsigned("!=", won, x), build.icmp_unsigned("!=", won, b))
    # Bits 4, 7, 10, 13 count the class; the two after each count leader and runner-up in it.
    kind = codes.flags(agree, 0x007C, codes.flags(one, 0x038C, codes.flags(between, 0x1C0C, _splat(_CODE, 0x000C))))
    kind = build.or_(kind, codes.flags(build.icmp_unsigned("!=", won, lost), 0xE000))
    right = codes.flags(build.icmp_unsigned("==", s, won), 0x4924)
    rival = codes.flags(build.icmp_unsigned("==", s, lost), 0x9248)
    bits = build.and_(kind, build.or_(build.or_(right, rival), _splat(_CODE, 0x2490)))
    same = build.or_(codes.flags(build.icmp_unsigned("==", s, x), 1), codes.flags(build.icmp_unsigned("==", s, b), 2))
    return build.or_(bits, same)
