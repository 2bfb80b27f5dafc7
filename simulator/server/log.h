#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "pcsim/simulator.h"

namespace pcsim {

/// One JSON object a line: time, level, event, then the event's own fields. Callers name the facts
/// to tell; headers, bodies and queries, where secrets travel, are never among them. Thread-safe.
class Log {
 public:
  using Clock = std::function<std::int64_t()>;
  using Sink = std::function<void(const std::string& line)>;
  struct Field {
    std::string_view name;
    std::variant<std::string, std::int64_t> value;
  };

  /// `clock` gives microseconds since 1970. Without a sink nothing is written.
  Log(LogLevel level, Sink sink, Clock clock);

  bool tells(LogLevel level) const { return sink_ && level <= level_; }
  void write(LogLevel level, std::string_view event, std::initializer_list<Field> fields = {});

 private:
  LogLevel level_;
  Sink sink_;
  Clock clock_;
  std::mutex mutex_;
};

/// `error`, `warn`, `info` or `debug`.
std::string_view level_name(LogLevel level);
std::optional<LogLevel> level_named(std::string_view name);

}  // namespace pcsim
