#include "server/log.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/time.h"

namespace pcsim {
namespace {

constexpr std::array<std::pair<LogLevel, std::string_view>, 4> kNames{{{LogLevel::Error, "error"},
                                                                       {LogLevel::Warn, "warn"},
                                                                       {LogLevel::Info, "info"},
                                                                       {LogLevel::Debug, "debug"}}};

}  // namespace

Log::Log(LogLevel level, Sink sink, Clock clock)
    : level_(level), sink_(std::move(sink)), clock_(std::move(clock)) {}

void Log::write(LogLevel level, std::string_view event, std::initializer_list<Field> fields) {
  if (!tells(level)) {
    return;
  }
  nlohmann::ordered_json line{
      {"time", to_iso(clock_())}, {"level", level_name(level)}, {"event", event}};
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { line[std::string{field.name}] = value; }, field.value);
  }
  const std::string text =
      line.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
  const std::scoped_lock lock{mutex_};
  sink_(text);
}

std::string_view level_name(LogLevel level) {
  for (const auto& [value, name] : kNames) {
    if (value == level) {
      return name;
    }
  }
  return "";
}

std::optional<LogLevel> level_named(std::string_view name) {
  for (const auto& [value, text] : kNames) {
    if (text == name) {
      return value;
    }
  }
  return std::nullopt;
}

}  // namespace pcsim
