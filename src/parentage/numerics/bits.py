"""Compiled pieces of the scan for bf16: bit casts, rounding, and the vector loop over one block.

The loop is written out as sixteen-lane vector instructions, because its fp32 sums must run in one fixed order on every
machine and a compiler that vectorises a plain loop chooses its own.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 16
SUMS = 15
_I16 = ir.VectorType(ir.IntType(16), LANES)
_I32 = ir.VectorType(ir.IntType(32), LANES)
_F32 = ir.VectorType(ir.FloatType(), LANES)


@intrinsic
def bits_of(typing_context: Any, value: Any) -> Any:
    """Return the bit pattern of an fp32."""
    return types.uint32(types.float32), lambda context, build, sig, args: build.bitcast(args[0], ir.IntType(32))


@intrinsic
def float_of(typing_context: Any, value: Any) -> Any:
    """Return the fp32 of a bit pattern."""
    return types.float32(types.uint32), lambda context, build, sig, args: build.bitcast(args[0], ir.FloatType())


def _constant(value: int) -> Any:
    return ir.Constant(_I32, [value] * LANES)


def _zero() -> Any:
    return ir.Constant(_F32, [0.0] * LANES)


class _Loop:
    """Emits the instructions of one step: sixteen elements of subject, other and reference."""

    def __init__(self, build: Any) -> None:
        self.build = build
        kind = ir.FunctionType(_I32, [_I32, ir.IntType(1)])
        self._leading_zeros = cgutils.get_or_insert_function(build.module, kind, "llvm.ctlz.v16i32")

    def load(self, pointer: Any, index: Any) -> Any:
        """Return sixteen bf16 codes as 32-bit integers."""
        place = self.build.bitcast(self.build.gep(pointer, [index]), _I16.as_pointer())
        return self.build.zext(self.build.load(place, align=2), _I32)

    def magnitude(self, code: Any) -> Any:
        """Return a code without its sign."""
        return self.build.and_(code, _constant(0x7FFF))

    def ordinal(self, code: Any) -> Any:
        """Return places on the lattice; both zeros are 0."""
        sign = self.build.ashr(self.build.shl(code, _constant(16)), _constant(31))
        return self.build.sub(self.build.xor(self.magnitude(code), sign), sign)

    def distance(self, left: Any, right: Any) -> Any:
        """Return absolute differences of places."""
        difference = self.build.sub(left, right)
        negative = self.build.icmp_signed("<", difference, _constant(0))
        return self.build.select(negative, self.build.neg(difference), difference)

    def octave(self, distance: Any) -> Any:
        """Return bit lengths, 7 for all beyond."""
        zeros = self.build.call(self._leading_zeros, [distance, ir.Constant(ir.IntType(1), 0)])
        length = self.build.sub(_constant(32), zeros)
        return self.build.select(self.build.icmp_signed(">", length, _constant(7)), _constant(7), length)

    def value(self, code: Any) -> Any:
        """Return the fp32 values of bf16 codes."""
        return self.build.bitcast(self.build.shl(code, _constant(16)), _F32)

    def kept(self, mask: Any, value: Any) -> Any:
        """Return values where the mask holds, zero elsewhere."""
        return self.build.select(mask, value, _zero())

    def terms(self, subject: Any, other: Any, reference: Any, apart: Any) -> list[Any]:
        """Return the fifteen products, in the order d*d, d*y, y*y, u*u for each class, then d*b, y*b, b*b."""
        build = self.build
        s, x, b = (self.value(code) for code in (subject, other, reference))
        d, y = build.fsub(x, b), build.fsub(s, b)
        eight = build.icmp_signed(">=", apart, _constant(8))
        thirty_two = build.icmp_signed(">=", apart, _constant(32))
        power = build.bitcast(build.and_(build.bitcast(s, _I32), _constant(0x7F800000)), _F32)
        products = [build.fmul(d, d), build.fmul(d, y), build.fmul(y, y), build.fmul(power, power)]
        found = []
        for product in products:
            found += [product, self.kept(eight, product), self.kept(thirty_two, product)]
        for left in (d, y, b):
            found.append(self.kept(eight, build.fmul(left, b)))
        return found


@intrinsic
def survey_block(
    typing_context: Any, subject: Any, other: Any, reference: Any, codes: Any, sums: Any, largest: Any, count: Any
) -> Any:
    """Scan `count` elements, a multiple of 16: census codes, fifteen sums in sixteen lanes, largest magnitude.

    Arguments: three uint16 arrays; `codes` uint16, written; `sums` fp32 of 15 * 16, written; `largest` int32 of 16,
    written with the largest sign-free code of any of the three, which tells NaN and infinity.
    """
    signature = types.void(subject, other, reference, codes, sums, largest, types.intp)

    def generate(context: Any, build: Any, sig: Any, args: Any) -> Any:
        pointers = [
            context.make_array(kind)(context, build, arg).data for kind, arg in zip(sig.args[:6], args[:6], strict=True)
        ]
        loop = _Loop(build)
        totals = [cgutils.alloca_once_value(build, _zero()) for _ in range(SUMS)]
        most = cgutils.alloca_once_value(build, _constant(0))
        begin, step = ir.Constant(args[6].type, 0), ir.Constant(args[6].type, LANES)
        with cgutils.for_range_slice(build, begin, args[6], step) as (index, _):
            three = [loop.load(pointer, index) for pointer in pointers[:3]]
            top = build.load(most)
            for code in three:
                size = loop.magnitude(code)
                top = build.select(build.icmp_signed(">", size, top), size, top)
            build.store(top, most)
            s, x, b = (loop.ordinal(code) for code in three)
            apart = loop.distance(x, b)
            code = build.or_(
                loop.octave(apart),
                build.or_(
                    build.shl(loop.octave(loop.distance(s, x)), _constant(3)),
                    build.shl(loop.octave(loop.distance(s, b)), _constant(6)),
                ),
            )
            target = build.bitcast(build.gep(pointers[3], [index]), _I16.as_pointer())
            build.store(build.trunc(code, _I16), target, align=2)
            for total, term in zip(totals, loop.terms(three[0], three[1], three[2], apart), strict=True):
                build.store(build.fadd(build.load(total), term), total)
        for place, total in enumerate(totals):
            lane = build.gep(pointers[4], [ir.Constant(ir.IntType(64), place * LANES)])
            build.store(build.load(total), build.bitcast(lane, _F32.as_pointer()), align=4)
        build.store(build.load(most), build.bitcast(pointers[5], _I32.as_pointer()), align=4)
        return context.get_dummy_value()

    return signature, generate
