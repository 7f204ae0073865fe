// SPDX-License-Identifier: GPL-2.0-or-later
#include "sdk/row.hpp"

#include <nlohmann/json.hpp>

namespace t31::sdk {

using Json = nlohmann::json;

std::string encode(const Row& row) {
  return Json{{"tree", row.tree},
              {"name", row.name},
              {"compiles", row.compiles},
              {"mips", row.mips},
              {"probes", row.probes},
              {"refusal", row.refusal},
              {"streams", row.streams},
              {"removed", row.removed},
              {"events", row.events},
              {"right", row.events_right},
              {"references", row.references},
              {"identity", row.identity},
              {"picture", row.picture},
              {"wrong", row.wrong},
              {"notes", row.notes},
              {"exposure", row.exposure}}
      .dump(-1, ' ', true, Json::error_handler_t::replace);
}

Row decode(const std::string& line) {
  const Json json = Json::parse(line);
  Row row;
  json.at("tree").get_to(row.tree);
  json.at("name").get_to(row.name);
  json.at("compiles").get_to(row.compiles);
  json.at("mips").get_to(row.mips);
  json.at("probes").get_to(row.probes);
  json.at("refusal").get_to(row.refusal);
  json.at("streams").get_to(row.streams);
  json.at("removed").get_to(row.removed);
  json.at("events").get_to(row.events);
  json.at("right").get_to(row.events_right);
  json.at("references").get_to(row.references);
  json.at("identity").get_to(row.identity);
  json.at("picture").get_to(row.picture);
  json.at("wrong").get_to(row.wrong);
  json.at("notes").get_to(row.notes);
  json.at("exposure").get_to(row.exposure);
  return row;
}

}  // namespace t31::sdk
