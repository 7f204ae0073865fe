// SPDX-License-Identifier: GPL-2.0-or-later
// Local tone mapping and haze removal among the other blocks: what users ask for, bypass, banks.
#include <algorithm>

#include "driver/blocks/block_set.hpp"
#include "tests/blocks/golden.hpp"
#include "tests/tone/adr_formulas.hpp"
#include "tests/tone/defog_formulas.hpp"
#include "tests/tone/tone_fixture.hpp"

namespace t31::test {
namespace {

using blocks::Level;
using tuning::Parameter;

constexpr std::array<uint64_t, 4> kFullHd = {0x59e7fd, 0x5ac11e, 0x5abd19, 0x5b983e};
constexpr u32 kCells = 1920 * 1080 / 4;
constexpr u32 kTone = 1u << 7;
constexpr u32 kDefog = 1u << 11;

bool is_tone(const Write& write) {
  return write.offset >= 0x4000 && write.offset < 0x4490;
}
bool is_defog(const Write& write) {
  return (write.offset >= 0x5800 && write.offset < 0x5b80) ||
         (write.offset >= 0x58000 && write.offset < 0x582d0);
}

class ToneInSet : public ToneFixture {
 protected:
  void SetUp() override {
    ToneFixture::SetUp();
    if (IsSkipped()) return;
    start("gc2053.bin");
  }
  void start(const std::string& file) {
    load(file);
    set_.write_bypass(mode_, store_);
    set_.init(mode_, store_);
    home_.take_writes();
  }

  void tone_frame(const AdrCounts& counts) {
    const StatisticsBuffer buffer = pack(counts);
    set_.take_tone_statistics(buffer.data());
    set_.commit();
  }
  void defog_frame(const DefogCounts& counts) {
    const StatisticsBuffer buffer = pack(counts);
    set_.take_defog_statistics(buffer.data());
    set_.commit();
  }

  // The bank in force as the file has it.
  std::vector<u8> stored_bytes() {
    std::vector<u8> bytes;
    for (u32 id = 0; id < tuning::kParameterCount; ++id) {
      const std::span<const u8> array = store_.stored().raw(static_cast<Parameter>(id));
      bytes.resize(tuning::parameter_info(static_cast<Parameter>(id)).offset);
      bytes.insert(bytes.end(), array.begin(), array.end());
    }
    bytes.resize(tuning::kBankBytes);
    return bytes;
  }
  // The same with some lists replaced: element i of the nine.
  template <typename Change>
  tuning::Bank changed(std::vector<u8>& bytes, Change change) {
    bytes = stored_bytes();
    change(tuning::BankWriter(bytes.data()));
    return tuning::Bank(bytes.data());
  }

  void expect_curves(const AdrFormulas& formulas) {
    for (u32 i = 0; i < 132; ++i) {
      const auto word = static_cast<u32>(formulas.blocks[2 * i] | formulas.blocks[2 * i + 1] << 16);
      ASSERT_EQ(home_.state[0x4084 + 4 * i], word) << i;
    }
  }
  void expect_map(const DefogFormulas& formulas) {
    for (u32 i = 0; i < 180; ++i) {
      ASSERT_EQ(home_.state[0x58000 + 4 * i], formulas.words[i]) << i;
    }
  }
  size_t count_writes(bool (*which)(const Write&)) {
    const std::vector<Write> writes = home_.take_writes();
    return static_cast<size_t>(std::count_if(writes.begin(), writes.end(), which));
  }

  blocks::BlockSet set_{home_.window()};
};

TEST_F(ToneInSet, ToneStrengthScalesTheLeastRisesAndSurvivesSwitchingBanks) {  // 8.4
  constexpr int64_t kCap[4] = {400, 500, 600, 600};
  for (const u32 strength : {0u, 64u, 127u, 129u, 192u, 255u}) {
    SCOPED_TRACE(strength);
    start("gc2053.bin");
    set_.set_level(Level::kDrc, static_cast<u8>(strength));
    store_.select_night(true);
    set_.reload(store_);
    store_.select_night(false);
    set_.reload(store_);
    AdrFormulas plain;
    const std::vector<u8> stored = stored_bytes();
    plain.load(tuning::Bank(stored.data()), false, gamma());
    std::vector<u8> bytes;
    const tuning::Bank bank = changed(bytes, [&](tuning::BankWriter writer) {
      for (u32 list = 0; list < 4; ++list) {
        const auto parameter = static_cast<Parameter>(924 + list);
        for (u32 i = 0; i < 9; ++i) {
          const int64_t v = writer.bank().get(parameter, i), s = strength;
          int64_t scaled = v * s >> 7;
          if (s > 128) scaled = v + (std::max<int64_t>(0, kCap[list] - v) * (s - 128) >> 7);
          writer.set(parameter, i, static_cast<u32>(std::max(scaled, plain.diff(list))));
        }
      }
    });
    AdrFormulas formulas;
    formulas.load(bank, false, gamma());
    Draws draws(5);
    for (int i = 0; i < 3; ++i) {
      const AdrCounts counts = draw_adr(draws, kCells);
      set_.set_exposure_value(u64{20000} << 10);
      tone_frame(counts);
      formulas.event(counts, 1920, 1080, 20000);
      expect_curves(formulas);
    }
  }
}

TEST_F(ToneInSet, HazeStrengthMovesTransmissionAndSurvivesSwitchingBanks) {  // 8.5
  for (const u32 strength : {0u, 64u, 127u, 129u, 192u, 255u}) {
    SCOPED_TRACE(strength);
    start("gc2053.bin");
    set_.set_level(Level::kDefog, static_cast<u8>(strength));
    store_.select_night(true);
    set_.reload(store_);
    store_.select_night(false);
    set_.reload(store_);
    std::vector<u8> bytes;
    const tuning::Bank bank = changed(bytes, [&](tuning::BankWriter writer) {
      const u32 m = std::max(31u, writer.bank().get(Parameter::kDefogMainParaArray, 0));
      for (u32 list = 867; list < 872; ++list) {
        for (u32 i = 0; i < 9; ++i) {
          const auto parameter = static_cast<Parameter>(list);
          const u32 v = writer.bank().get(parameter, i), s = strength;
          const u32 weak = (s * v + (128 - s) * 100) >> 7;
          const u32 strong = ((384 - s) * v + (m * 100 / 255) * (s - 128)) >> 8;
          writer.set(parameter, i, s < 128 ? weak : strong);
        }
      }
    });
    DefogFormulas formulas(1920, 1080, kFullHd);
    formulas.load(bank, false);
    Draws draws(6);
    for (int i = 0; i < 4; ++i) {
      const DefogCounts counts = draw_defog(draws);
      set_.set_exposure_value(u64{3000} << 10);
      defog_frame(counts);
      formulas.event(counts, 3000);
      expect_map(formulas);
    }
  }
}

TEST_F(ToneInSet, NeutralStrengthIsWhatTheFileSays) {
  for (const Level level : {Level::kDrc, Level::kDefog}) {
    set_.set_level(level, 255);
    set_.set_level(level, 128);
  }
  for (const u32 list : {924u, 925u, 926u, 927u, 867u, 868u, 869u, 870u, 871u, 936u, 891u}) {
    for (u32 i = 0; i < 9; ++i) {
      const auto parameter = static_cast<Parameter>(list);
      EXPECT_EQ(store_.active().get(parameter, i), store_.stored().get(parameter, i));
    }
  }
}

TEST_F(ToneInSet, CurvesFollowTheUsersGamma) {  // 5.7
  std::array<u16, 129> dark;
  for (u32 i = 0; i < 129; ++i) dark[i] = static_cast<u16>(std::min(4095u, i * i / 4));
  const auto* bytes = reinterpret_cast<const u8*>(dark.data());
  ASSERT_TRUE(
      store_.set_user(tuning::SetBy::kControl, Parameter::kGammaRgbLutSaddr, 0, {bytes, 258}).ok());
  set_.parameter_changed(Parameter::kGammaRgbLutSaddr);
  set_.commit();
  AdrFormulas formulas;
  formulas.load(store_.active(), false, dark);
  Draws draws(7);
  const AdrCounts counts = draw_adr(draws, kCells);
  set_.set_exposure_value(u64{5000} << 10);
  tone_frame(counts);
  formulas.event(counts, 1920, 1080, 5000);
  expect_curves(formulas);
}

TEST_F(ToneInSet, NothingIsWrittenWhileBypassed) {
  set_.set_modules(set_.modules() | kTone | kDefog);
  set_.commit();
  home_.take_writes();
  Draws draws(8);
  tone_frame(draw_adr(draws, kCells));
  defog_frame(draw_defog(draws));
  EXPECT_TRUE(home_.take_writes().empty());
}

TEST_F(ToneInSet, SwitchedOnTheBlocksStartAnewBeforeTheBypassWord) {  // 8.10, 8.11
  Draws draws(9);
  for (int i = 0; i < 3; ++i) {
    tone_frame(draw_adr(draws, kCells));
    defog_frame(draw_defog(draws));
  }
  set_.set_module(7, true);
  set_.set_module(11, true);
  set_.commit();
  EXPECT_EQ(home_.state[0x0c] & (kTone | kDefog), kTone | kDefog);
  home_.take_writes();
  set_.set_module(7, false);
  set_.set_module(11, false);
  set_.commit();
  EXPECT_EQ(home_.state[0x0c] & (kTone | kDefog), 0u);
  EXPECT_EQ(home_.state[0x4084], 0x00400020u);
  EXPECT_EQ(home_.state[0x58000], 0xc8c8c8e6u);
  EXPECT_EQ(home_.take_writes().back().offset, 0x0cu);
}

TEST_F(ToneInSet, StatisticsThatRepeatEndInSilence) {
  Draws draws(10);
  const AdrCounts tone = draw_adr(draws, kCells);
  const DefogCounts haze = draw_defog(draws);
  set_.set_exposure_value(u64{5000} << 10);
  for (int i = 0; i < 200; ++i) {
    tone_frame(tone);
    defog_frame(haze);
  }
  home_.take_writes();
  tone_frame(tone);
  defog_frame(haze);
  EXPECT_TRUE(home_.take_writes().empty());
}

TEST_F(ToneInSet, AFramesCurvesAndMapAreWrittenAtTheNextCommitAndNotBefore) {
  Draws draws(11);
  const StatisticsBuffer tone = pack(draw_adr(draws, kCells));
  const StatisticsBuffer haze = pack(draw_defog(draws));
  set_.take_tone_statistics(tone.data());
  set_.take_defog_statistics(haze.data());
  EXPECT_TRUE(home_.take_writes().empty());
  EXPECT_TRUE(set_.dirty());
  set_.commit();
  EXPECT_FALSE(set_.dirty());
  const std::vector<Write> writes = home_.take_writes();
  EXPECT_GT(std::count_if(writes.begin(), writes.end(), is_tone), 100);
  EXPECT_GT(std::count_if(writes.begin(), writes.end(), is_defog), 170);
}

TEST_F(ToneInSet, ParameterArraysThatAToolSetsTakeEffect) {
  const u8 knee[4] = {99, 0, 0, 0};
  ASSERT_TRUE(
      store_.set_user(tuning::SetBy::kTool, Parameter::kAdrCocKneepointY1Array, 0, knee).ok());
  ASSERT_TRUE(store_.set_user(tuning::SetBy::kTool, Parameter::kDefogMainParaArray, 0, knee).ok());
  set_.parameter_changed(Parameter::kAdrCocKneepointY1Array);
  set_.parameter_changed(Parameter::kDefogMainParaArray);
  set_.commit();
  EXPECT_EQ(home_.state[0x43b4] & 0xffff, 99u);
  EXPECT_EQ(home_.state[0x5a00] & 0xff, 99u);
  EXPECT_EQ(count_writes(is_tone), 1u);
}

TEST_F(ToneInSet, WeightTablesOfTheBankAreUsedWhereItSaysSo) {
  const auto put = [&](Parameter parameter, u32 value) {
    ASSERT_TRUE(store_.set_user_word(parameter, 0, value).ok());
  };
  put(Parameter::kAdrToolControlArray, 1);
  put(Parameter::kAdrWeight20LutArray, 0x5a);
  put(Parameter::kDefogRgbraList, 1);
  put(Parameter::kDefogWeightlut02, 0x15);
  set_.parameter_changed(Parameter::kAdrToolControlArray);
  set_.parameter_changed(Parameter::kDefogRgbraList);
  set_.commit();
  EXPECT_EQ(home_.state[0x4294] & 0xff, 0x5au);
  EXPECT_EQ(home_.state[0x58c0] & 0xff, 0x15u);
  // And replaced by those for the picture's size where it doesn't.
  put(Parameter::kAdrToolControlArray, 0);
  put(Parameter::kDefogRgbraList, 0);
  set_.parameter_changed(Parameter::kAdrToolControlArray);
  set_.parameter_changed(Parameter::kDefogRgbraList);
  set_.commit();
  EXPECT_EQ(home_.state[0x4294] & 0xff, 0u);
  EXPECT_EQ(home_.state[0x58c0] & 0xff, 0u);
}

}  // namespace
}  // namespace t31::test
