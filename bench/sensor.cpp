// SPDX-License-Identifier: GPL-2.0-or-later
// Time that a virtual sensor takes for one frame, by scene, noise and threads.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "model/sensor/sensor.hpp"

namespace t31::model {
namespace {

void frames(benchmark::State& state, const std::string& json) {
  const std::unique_ptr<Sensor> sensor = make_sensor(json);
  sensor->set_master_clock(24'000'000);
  BayerFrame frame;
  std::uint64_t number = 0;
  sensor->begin_frame(number);
  sensor->render(frame, 2);  // the scene is computed once
  for (auto step : state) {
    sensor->begin_frame(++number);
    sensor->render(frame, static_cast<unsigned>(state.range(0)));
    benchmark::DoNotOptimize(frame.codes.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * frame.codes.size()));
}

void sc2336(benchmark::State& state, const char* rest) {
  frames(state, std::string(R"({"sensor":"sc2336")") + rest + "}");
}
BENCHMARK_CAPTURE(sc2336, color_checker, "")
    ->Arg(1)
    ->Arg(2)
    ->ArgName("threads")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(sc2336, color_checker_without_noise, R"(,"noise":false)")
    ->Arg(1)
    ->Arg(2)
    ->ArgName("threads")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(sc2336, moving, R"(,"scene":{"type":"moving"})")
    ->Arg(1)
    ->Arg(2)
    ->ArgName("threads")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void scene_set_up(benchmark::State& state) {
  for (auto step : state) {
    const std::unique_ptr<Sensor> sensor = make_sensor("{}");
    sensor->set_master_clock(24'000'000);
    BayerFrame frame;
    sensor->begin_frame(0);
    sensor->render(frame, static_cast<unsigned>(state.range(0)));
    benchmark::DoNotOptimize(frame.codes.data());
  }
}
BENCHMARK(scene_set_up)
    ->Arg(1)
    ->Arg(2)
    ->ArgName("threads")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void replay(benchmark::State& state, const char* rest) {
  const auto file = std::filesystem::temp_directory_path() / "t31-bench-replay.raw";
  {
    const std::vector<char> film(2592 * 1536, 50);
    std::ofstream(file, std::ios::binary)
        .write(film.data(), static_cast<std::streamsize>(film.size()));
  }
  frames(state, R"({"sensor":"replay","raw":{"file":")" + file.string() +
                    R"(","width":2592,"height":1536,"order":"grbg","black":12.5})" + rest + "}");
  std::filesystem::remove(file);
}
BENCHMARK_CAPTURE(replay, plain, "")->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(replay, simulated_gain, R"(,"simulate_gain":true)")
    ->Arg(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace t31::model
