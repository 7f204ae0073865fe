#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints the colour data of a virtual sensor, derived once from a published tuning file.

The output is committed in model/sensor/*_colour.cpp; the model never reads a tuning file.

Grey at colour temperature T: raw R/G = 4*rg / static[0] and raw B/G = 4*bg / static[1], with (rg, bg) the
point of the day bank's white-balance mesh whose temperature is T and whose indoor weight is largest. Where
the largest weight is a plateau (weights saturate at 256) the middle of the plateau is taken.

Lens: the reciprocal of the day bank's daylight shading mesh at its strength for gain 1, fitted by
c0 + c2*r^2 + c4*r^4 + dx*x + dy*y (x, y, r in half picture widths from the centre), divided by green's c0.
"""
import argparse
import struct

HEADER_BYTES = 24  # the day bank follows
MESH = 15
AWB_STATIC, AWB_RG_POS, AWB_BG_POS = 4364, 4456, 4516
AWB_WEIGHT, AWB_MIRED = 4652, 5552
LSC_STRIDE, LSC_SCALE, LSC_MESH_SIZE, LSC_DAYLIGHT, LSC_STRENGTH = 12520, 12516, 12524, 28924, 37112
KELVIN = (2500, 2850, 3200, 3600, 4000, 4500, 5000, 5500, 6000, 6500, 7500, 8500)
STEPS = 64  # contour samples per mesh row


def words(data, offset, count):
    return struct.unpack_from(f"<{count}I", data, HEADER_BYTES + offset)


def lerp(a, b, t):
    return a + (b - a) * t


class Mesh:
    def __init__(self, data):
        self.static = words(data, AWB_STATIC, 2)
        self.rg = words(data, AWB_RG_POS, MESH)
        self.bg = words(data, AWB_BG_POS, MESH)
        self.weight = words(data, AWB_WEIGHT, MESH * MESH)
        self.mired = words(data, AWB_MIRED, MESH * MESH)

    def contour(self, target):
        """(weight, rg, bg) of points with that temperature, evenly spaced in bg."""
        for row in range(MESH - 1):
            for step in range(STEPS):
                t = step / STEPS
                at = lambda table, column: lerp(table[row * MESH + column], table[(row + 1) * MESH + column], t)
                bg = lerp(self.bg[row], self.bg[row + 1], t)
                for column in range(MESH - 1):
                    a, b = at(self.mired, column), at(self.mired, column + 1)
                    if a != b and min(a, b) <= target <= max(a, b):
                        s = (target - a) / (b - a)
                        yield (lerp(at(self.weight, column), at(self.weight, column + 1), s),
                               lerp(self.rg[column], self.rg[column + 1], s), bg)

    def grey(self, kelvin):
        points = list(self.contour(1e6 / kelvin))
        best = max(weight for weight, _, _ in points)
        plateau = [(rg, bg) for weight, rg, bg in points if weight > best - 1e-6]
        rg = sum(p[0] for p in plateau) / len(plateau)
        bg = sum(p[1] for p in plateau) / len(plateau)
        return best, 4 * rg / self.static[0], 4 * bg / self.static[1]


def solve(matrix, right):
    """Gauss-Jordan with pivoting; the systems here have five unknowns."""
    n = len(right)
    rows = [list(matrix[i]) + [right[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [v / rows[i][i] for v in rows[i]]
        for r in range(n):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i])]
    return [row[n] for row in rows]


def lens(data, width, height):
    stride, = words(data, LSC_STRIDE, 1)
    one = 2048 >> min(words(data, LSC_SCALE, 1)[0], 3)
    cell_width, cell_height = words(data, LSC_MESH_SIZE, 2)
    strength = words(data, LSC_STRENGTH, 1)[0] / 4096
    table = words(data, LSC_DAYLIGHT, 2047)
    columns, rows = -(-width // cell_width) + 1, -(-height // cell_height) + 1
    fits = []
    for plane in range(3):
        basis, value = [], []
        for row in range(rows):
            for column in range(columns):
                word = table[(row * stride + column // 2) * 3 + plane]
                gain = (word >> 12 if column & 1 else word) & 0xFFF
                x = (column * cell_width - width / 2) / (width / 2)
                y = (row * cell_height - height / 2) / (width / 2)
                r2 = x * x + y * y
                basis.append((1, r2, r2 * r2, x, y))
                value.append(1 / (1 + (gain / one - 1) * strength))
        normal = [[sum(b[i] * b[j] for b in basis) for j in range(5)] for i in range(5)]
        right = [sum(b[i] * v for b, v in zip(basis, value)) for i in range(5)]
        fit = solve(normal, right)
        worst = max(abs(sum(f * q for f, q in zip(fit, b)) - v) for b, v in zip(basis, value))
        fits.append((fit, worst))
    scale = fits[1][0][0]
    return [([f / scale for f in fit], worst) for fit, worst in fits]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tuning", help="tuning file (159736 bytes)")
    parser.add_argument("--size", default="1920x1080", help="picture size of the shading mesh")
    arguments = parser.parse_args()
    with open(arguments.tuning, "rb") as file:
        data = file.read()
    mesh = Mesh(data)
    print("// kelvin, raw R/G, raw B/G (indoor weight at that point)")
    for kelvin in KELVIN:
        weight, red, blue = mesh.grey(kelvin)
        print(f"{{{kelvin}, {red:.4f}, {blue:.4f}}},  // {weight:.0f}")
    width, height = (int(v) for v in arguments.size.split("x"))
    print("// lens per colour: c0, c2, c4, dx, dy (largest error of the fit)")
    for fit, worst in lens(data, width, height):
        print("{" + ", ".join(f"{f:.4f}" for f in fit) + f"}},  // {worst:.3f}")


if __name__ == "__main__":
    main()
