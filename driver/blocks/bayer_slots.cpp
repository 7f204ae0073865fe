// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/blocks/bayer_slots.hpp"

namespace t31::blocks {
namespace {

// hw-blocks-raw-color 5.1.2.
struct Slots {
  SlotColour colour[kSlots];
};
constexpr Slots kBayer[4] = {{{kRed, kGreenRed, kGreenBlue, kBlue, kInfrared}},
                             {{kBlue, kGreenBlue, kGreenRed, kRed, kInfrared}},
                             {{kGreenRed, kRed, kBlue, kGreenBlue, kInfrared}},
                             {{kGreenBlue, kBlue, kRed, kGreenRed, kInfrared}}};
constexpr u32 kFirstInfrared = 8;
constexpr Slots kBayerInfrared[16] = {{{kRed, kGreenRed, kInfrared, kBlue, kGreenBlue}},
                                      {{kBlue, kGreenBlue, kInfrared, kRed, kGreenRed}},
                                      {{kRed, kInfrared, kGreenBlue, kBlue, kGreenRed}},
                                      {{kBlue, kInfrared, kGreenRed, kRed, kGreenBlue}},
                                      {{kGreenRed, kRed, kBlue, kInfrared, kGreenBlue}},
                                      {{kGreenBlue, kBlue, kRed, kInfrared, kGreenRed}},
                                      {{kInfrared, kRed, kBlue, kGreenBlue, kGreenRed}},
                                      {{kInfrared, kBlue, kRed, kGreenRed, kGreenBlue}},
                                      {{kRed, kGreenRed, kGreenBlue, kInfrared, kBlue}},
                                      {{kBlue, kGreenBlue, kGreenRed, kInfrared, kRed}},
                                      {{kGreenRed, kRed, kInfrared, kGreenBlue, kBlue}},
                                      {{kGreenBlue, kBlue, kInfrared, kGreenRed, kRed}},
                                      {{kGreenBlue, kInfrared, kRed, kGreenRed, kBlue}},
                                      {{kGreenRed, kInfrared, kBlue, kGreenBlue, kRed}},
                                      {{kInfrared, kGreenBlue, kGreenRed, kRed, kBlue}},
                                      {{kInfrared, kGreenRed, kGreenBlue, kBlue, kRed}}};

const Slots* slots_of(u32 bayer) {
  if (bayer < 4) return &kBayer[bayer];
  if (bayer >= kFirstInfrared && bayer < kFirstInfrared + 16) {
    return &kBayerInfrared[bayer - kFirstInfrared];
  }
  return nullptr;
}

}  // namespace

SlotValues to_slots(u32 bayer, const u32 (&levels)[kSlots]) {
  SlotValues values{};
  if (const Slots* const slots = slots_of(bayer)) {
    for (u32 i = 0; i < kSlots; ++i) values.at[i] = levels[slots->colour[i]];
  }
  return values;
}

}  // namespace t31::blocks
