#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/world.h"
#include "pcsim/message.h"

namespace pcsim {

/// Answers to earlier writes, by request id, for 24 virtual hours; bounded in number and bytes.
/// Source: Partner Center "Partner Center REST headers", MS-RequestId.
class ReplayLog {
 public:
  struct Earlier {
    const Response* response = nullptr;  ///< null when the request is new
    bool other_body = false;             ///< the id was used before with another body
  };

  Earlier find(const std::string& key, std::string_view body, Instant now) const;
  void remember(const std::string& key, std::string_view body, Response response, Instant now);
  void clear();
  std::size_t size() const { return rows_.size(); }

 private:
  struct Row {
    std::size_t body_hash, body_size;
    Response response;
    Instant at;
    std::size_t serial;
  };

  void forget_oldest();

  std::unordered_map<std::string, Row> rows_{};
  std::deque<std::pair<std::string, std::size_t>> order_{};  ///< key and serial, oldest first
  std::size_t bytes_ = 0;
  std::size_t serial_ = 0;
};

}  // namespace pcsim
