// SPDX-License-Identifier: GPL-2.0-or-later
#include "sdk/command.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "common/errors.hpp"
#include "sdk/compile.hpp"
#include "sdk/exercise.hpp"
#include "sdk/traffic.hpp"
#include "t31_host.h"
#include "t31cam/machine.hpp"

namespace t31::sdk {
namespace {

namespace fs = std::filesystem;
using tools::Failure;
using Clock = std::chrono::steady_clock;

// ---- In a child process

int the_pipe = -1;

void send_row(const Row& row) {
  const std::string line = encode(row) + "\n";
  std::size_t sent = 0;
  while (sent < line.size()) {
    const ssize_t count = write(the_pipe, line.data() + sent, line.size() - sent);
    if (count <= 0) _exit(1);
    sent += static_cast<std::size_t>(count);
  }
}

Row the_row;

// What a driver of the SDK never gives back, it doesn't on a camera either: clocks, memory, the
// files of its own. What the ISP driver leaves is ours.
bool only_the_driver(const std::string& report) {
  std::istringstream lines(report);
  std::string line;
  std::getline(lines, line);
  if (line.find("gpio_free of pin") != std::string::npos) return true;
  if (line.find("left behind") == std::string::npos) return false;
  while (std::getline(lines, line)) {
    if (line.find("made by") == std::string::npos) continue;
    const bool ours =
        line.find("jz/sensor/sensor") != std::string::npos ||
        line.find("jz/sensor/count") != std::string::npos ||
        (line.find("by clk_get") == std::string::npos &&
         line.find("by kzalloc") == std::string::npos && line.find("GPIO") == std::string::npos &&
         line.find("by proc_create_data") == std::string::npos);
    if (ours) return false;
  }
  return true;
}

// The host's rules, broken: what is left behind, locks held across callbacks, ...
void rule_broken(const char* report) {
  const bool note = only_the_driver(report);
  std::string text = report;
  std::replace(text.begin(), text.end(), '\n', ' ');
  (note ? the_row.notes : the_row.wrong).push_back(text);
}

[[noreturn]] void run_child(const Source& source, const Compilers& compilers,
                            const fs::path& folder, const std::vector<Reference>* references,
                            int pipe) {
  the_pipe = pipe;
  the_row.tree = source.tree;
  the_row.name = source.name;
  t31_host_set_abort_hook(rule_broken);
  try {
    exercise({source, compilers, folder, references}, the_row, send_row);
  } catch (const std::exception& error) {
    the_row.wrong.emplace_back(error.what());
  }
  send_row(the_row);
  _exit(0);
}

// ---- In the parent

struct Child {
  pid_t process = -1;
  int pipe = -1;
  std::size_t index = 0;
  Clock::time_point deadline;
  std::string text;
};

class Runner {
 public:
  Runner(const CheckOptions& options, std::vector<Source> sources)
      : options_(options), sources_(std::move(sources)), rows_(sources_.size()) {
    compilers_.project = project_folder();
    references_ = read_references(events_file());
  }

  std::vector<Row> run() {
    std::size_t next = 0;
    while (next < sources_.size() || !children_.empty()) {
      while (next < sources_.size() && children_.size() < options_.jobs) start(next++);
      wait();
    }
    if (isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\x1b[K");
    return rows_;
  }

 private:
  static fs::path project_folder() {
    const char* given = std::getenv("T31_PROJECT");
    fs::path folder = given != nullptr ? given : T31_PROJECT_DIR;
    if (!fs::exists(folder / "include/sensor/tx-isp-common.h")) {
      throw Failure(fmt::format("{}: no include/sensor; set T31_PROJECT to the project's sources",
                                folder.string()));
    }
    return folder;
  }

  fs::path events_file() const {
    if (!options_.events.empty()) {
      if (!fs::exists(options_.events)) throw Failure(options_.events + ": no such file");
      return options_.events;
    }
    const char* shared = std::getenv("T31_SHARED");
    const fs::path folder =
        shared != nullptr ? fs::path(shared) : compilers_.project / ".." / "shared";
    return folder / "spec" / "sensor-event-writes.csv";
  }

  void start(std::size_t index) {
    int ends[2];
    if (pipe(ends) != 0) throw Failure(fmt::format("pipe: {}", std::strerror(errno)));
    const Source& source = sources_[index];
    const fs::path folder = folder_.path() / (source.tree + "-" + source.name);
    fs::create_directory(folder);
    const auto found = references_.find(source.name);
    const pid_t process = fork();
    if (process < 0) throw Failure(fmt::format("fork: {}", std::strerror(errno)));
    if (process == 0) {
      close(ends[0]);
      if (options_.verbose) {
        setenv("T31_LOG", "1", 1);
      } else if (std::freopen("/dev/null", "w", stderr) == nullptr) {
        _exit(1);
      }
      // The recorded runs are those of the older tree's drivers.
      const bool recorded = found != references_.end() && source.tree == "3.10.14";
      run_child(source, compilers_, folder, recorded ? &found->second : nullptr, ends[1]);
    }
    close(ends[1]);
    rows_[index].tree = source.tree;
    rows_[index].name = source.name;
    children_.push_back(
        {process, ends[0], index, Clock::now() + std::chrono::seconds(options_.seconds), {}});
  }

  void wait() {
    constexpr int kMilliseconds = 200;
    std::vector<pollfd> waiting;
    for (const Child& child : children_) waiting.push_back({child.pipe, POLLIN, 0});
    poll(waiting.data(), waiting.size(), kMilliseconds);
    for (std::size_t i = children_.size(); i-- > 0;) {
      Child& child = children_[i];
      const bool late = Clock::now() > child.deadline;
      if (late) kill(child.process, SIGKILL);
      if (late || (waiting[i].revents != 0 && !take(child))) finish(i, late);
    }
  }

  // False at the end of what the child has to say.
  static bool take(Child& child) {
    char piece[4096];
    const ssize_t count = read(child.pipe, piece, sizeof(piece));
    if (count > 0) child.text.append(piece, static_cast<std::size_t>(count));
    return count > 0;
  }

  void finish(std::size_t i, bool late) {
    Child child = std::move(children_[i]);
    children_.erase(children_.begin() + static_cast<std::ptrdiff_t>(i));
    int status = 0;
    waitpid(child.process, &status, 0);
    close(child.pipe);
    Row& row = rows_[child.index];
    // The last whole line is the latest state.
    const std::size_t end = child.text.rfind('\n');
    if (end != std::string::npos) {
      const std::size_t before = end == 0 ? std::string::npos : child.text.rfind('\n', end - 1);
      const std::size_t begin = before == std::string::npos ? 0 : before + 1;
      row = decode(child.text.substr(begin, end - begin));
    }
    if (late) {
      row.wrong.push_back(fmt::format("not done after {} s", options_.seconds));
    } else if (WIFSIGNALED(status)) {
      row.wrong.push_back(fmt::format("crashes: {}", strsignal(WTERMSIG(status))));
    } else if (WEXITSTATUS(status) != 0) {
      row.wrong.push_back(fmt::format("crashes: exit status {}", WEXITSTATUS(status)));
    }
    ++done_;
    if (isatty(STDERR_FILENO) == 1) {
      fmt::print(stderr, "\r{}/{} {} {}\x1b[K", done_, sources_.size(), row.tree, row.name);
      std::fflush(stderr);
    }
  }

  const CheckOptions& options_;
  const std::vector<Source> sources_;
  std::vector<Row> rows_;
  Compilers compilers_;
  std::map<std::string, std::vector<Reference>> references_;
  cam::TemporaryFolder folder_;
  std::vector<Child> children_;
  std::size_t done_ = 0;
};

const char* yes(bool value) {
  return value ? "yes" : "no";
}

const char* probes(const Row& row) {
  return row.refusal.empty() ? yes(row.probes) : "refuses";
}

// By which events a client's exposure and gain reach the chip.
std::string exposure(const Row& row) {
  if (!row.streams) return "";
  return row.exposure.empty() ? "none, by its own code" : row.exposure;
}

// The drivers that have no way to set exposure, gain or both.
void print_unexposed(const std::vector<Row>& rows) {
  std::string text;
  for (const Row& row : rows) {
    const bool whole = row.exposure.find("EXPO") != std::string::npos ||
                       row.exposure == "INT_TIME AGAIN" || row.exposure == "AGAIN INT_TIME";
    if (!row.passes() || whole) continue;
    text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", row.tree, row.name,
                        row.exposure.empty() ? "" : " (" + row.exposure + " alone)");
  }
  if (!text.empty()) fmt::print("exposure not set by their own code: {}\n", text);
}

std::string verdict(const Row& row) {
  if (row.passes()) return row.refusal.empty() ? "passes" : "passes: " + row.refusal;
  return row.wrong.empty() ? "fails" : row.wrong.front();
}

void write_markdown(const std::string& file, const std::vector<Row>& rows) {
  std::ofstream out(file);
  out << "| tree | driver | compiles | MIPS | probes | streams | events | exposure | picture | "
         "verdict "
         "|\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const Row& row : rows) {
    std::string text = verdict(row);
    std::replace(text.begin(), text.end(), '|', '/');
    out << fmt::format("| {} | {} | {} | {} | {} | {} | {}/{} | {} | {} | {} |\n", row.tree,
                       row.name, yes(row.compiles), yes(row.mips), probes(row), yes(row.streams),
                       row.events_right, row.events, exposure(row), row.picture, text);
  }
  out.flush();
  if (!out) throw Failure(fmt::format("{}: {}", file, std::strerror(errno)));
}

}  // namespace

std::vector<Row> check(const CheckOptions& options) {
  std::vector<Source> sources = find_sources(options.checkout);
  std::erase_if(sources, [&](const Source& source) {
    const bool named = options.sensors.empty() ||
                       std::find(options.sensors.begin(), options.sensors.end(), source.name) !=
                           options.sensors.end();
    return !named || (!options.tree.empty() && options.tree != source.tree);
  });
  if (sources.empty()) throw Failure("no such sensor driver");
  return Runner(options, std::move(sources)).run();
}

int run_check(const CheckOptions& options) {
  const std::vector<Row> rows = check(options);
  bool good = true;
  std::size_t passing = 0;
  std::string tree;
  for (const Row& row : rows) {
    if (row.tree != tree) {
      tree = row.tree;
      fmt::print("{:<9}{:<12}{:<9}{:<6}{:<8}{:<8}{:<7}{}\n", "tree", "driver", "compiles", "mips",
                 "probes", "streams", "events", "verdict");
    }
    fmt::print("{:<9}{:<12}{:<9}{:<6}{:<8}{:<8}{:<7}{}\n", row.tree, row.name, yes(row.compiles),
               yes(row.mips), probes(row), yes(row.streams),
               fmt::format("{}/{}", row.events_right, row.events), verdict(row));
    for (std::size_t i = 1; i < row.wrong.size(); ++i) fmt::print("{:59}{}\n", "", row.wrong[i]);
    if (options.verbose) {
      for (const std::string& note : row.notes) fmt::print("{:59}note: {}\n", "", note);
    }
    passing += row.passes() ? 1 : 0;
    good &= row.passes() || !row.compiles;
  }
  if (!options.markdown.empty()) write_markdown(options.markdown, rows);
  print_unexposed(rows);
  for (const char* name : {"3.10.14", "4.4.94"}) {
    const auto in_tree = [name](const Row& row) { return row.tree == name; };
    const auto all = std::count_if(rows.begin(), rows.end(), in_tree);
    const auto right = std::count_if(rows.begin(), rows.end(),
                                     [&](const Row& row) { return in_tree(row) && row.passes(); });
    if (all != 0) fmt::print("{}: {} of {} sensors pass\n", name, right, all);
  }
  const auto refusing = std::count_if(rows.begin(), rows.end(), [](const Row& row) {
    return row.passes() && !row.refusal.empty();
  });
  fmt::print("{} of them by drivers whose own code refuses every chip, run past their detection\n",
             refusing);
  fmt::print("{} of {} sensors pass\n", passing, rows.size());
  return good ? 0 : 1;
}

}  // namespace t31::sdk
