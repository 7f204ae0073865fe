// SPDX-License-Identifier: GPL-2.0-or-later
// The recorded SC2336 session with one thing done wrong each: the model must do what docs/model.md
// says, and never help.
#include "tests/model/mutation.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/model/sessions.hpp"

namespace t31::model::test {
namespace {

class MutatedTrace : public testing::TestWithParam<Mutation> {};

TEST_P(MutatedTrace, GoesWrongAsDocumented) {
  const Mutation& mutation = GetParam();
  auto trace = sc2336_session();
  if (!trace) GTEST_SKIP() << "no shared data";
  mutation.edit(*trace);
  Replay replay(sc2336(R"({"type":"colorchecker"})"));
  replay.play(*trace);
  replay.white_balance(sc2336_grey());
  mutation.expect(replay.run(2), replay);
}

TEST_P(MutatedTrace, RuleStandsInTheDocument) {
  std::ifstream file(T31_SOURCE_DIR "/docs/model.md");
  ASSERT_TRUE(file);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_NE(text.str().find("| `" + std::string(GetParam().rule) + "` |"), std::string::npos)
      << GetParam().rule;
}

std::string name_of(const testing::TestParamInfo<Mutation>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Supply, MutatedTrace, testing::ValuesIn(supply_mutations()), name_of);
INSTANTIATE_TEST_SUITE_P(Receiver, MutatedTrace, testing::ValuesIn(receiver_mutations()), name_of);
INSTANTIATE_TEST_SUITE_P(Isp, MutatedTrace, testing::ValuesIn(isp_mutations()), name_of);
INSTANTIATE_TEST_SUITE_P(Scaler, MutatedTrace, testing::ValuesIn(scaler_mutations()), name_of);

}  // namespace
}  // namespace t31::model::test
