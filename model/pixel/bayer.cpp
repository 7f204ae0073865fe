// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pixel/bayer.hpp"

#include "model/pixel/arithmetic.hpp"

namespace t31::model::pixel {
namespace {

constexpr std::uint32_t kBayerOrder = 0x0008;
constexpr unsigned kCodes = 24;

constexpr Colour R = Colour::kRed, Gr = Colour::kGreenRed, Gb = Colour::kGreenBlue,
                 B = Colour::kBlue, Ir = Colour::kInfrared;

constexpr FilterArray kNoPattern{{R, Gr, Gb, B}, Ir};

constexpr std::array<FilterArray, kCodes> kPatterns{{
    {{R, Gr, Gb, B}, Ir}, {{B, Gb, Gr, R}, Ir}, {{Gr, R, B, Gb}, Ir}, {{Gb, B, R, Gr}, Ir},
    kNoPattern,           kNoPattern,           kNoPattern,           kNoPattern,
    {{R, Gr, Ir, B}, Gb}, {{B, Gb, Ir, R}, Gr}, {{R, Ir, Gb, B}, Gr}, {{B, Ir, Gr, R}, Gb},
    {{Gr, R, B, Ir}, Gb}, {{Gb, B, R, Ir}, Gr}, {{Ir, R, B, Gb}, Gr}, {{Ir, B, R, Gr}, Gb},
    {{R, Gr, Gb, Ir}, B}, {{B, Gb, Gr, Ir}, R}, {{Gr, R, Ir, Gb}, B}, {{Gb, B, Ir, Gr}, R},
    {{Gb, Ir, R, Gr}, B}, {{Gr, Ir, B, Gb}, R}, {{Ir, Gb, Gr, R}, B}, {{Ir, Gr, Gb, B}, R},
}};

constexpr bool is_green(Colour c) {
  return c == Gr || c == Gb;
}

}  // namespace

FilterArray decode_filter_array(const IspRegisters& registers) {
  const auto code = static_cast<unsigned>(field(registers[kBayerOrder], 0, 5));
  return code < kCodes ? kPatterns[code] : kNoPattern;
}

bool FilterArray::red_row(std::uint32_t y) const {
  return visible(slot(0, y)) == R || visible(slot(1, y)) == R;
}

bool FilterArray::green(std::uint32_t x, std::uint32_t y) const {
  return is_green(visible(slot(x, y)));
}

}  // namespace t31::model::pixel
