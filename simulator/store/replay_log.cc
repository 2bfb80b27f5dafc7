#include "store/replay_log.h"

#include <functional>
#include <utility>

namespace pcsim {
namespace {

constexpr std::size_t kMaxRows = 10'000;
constexpr std::size_t kMaxBytes = 8U << 20U;
constexpr std::size_t kRowOverhead = 400;  // headers and map nodes, roughly

std::size_t hash_of(std::string_view body) { return std::hash<std::string_view>{}(body); }

std::size_t cost_of(const std::string& key, const Response& response) {
  return key.size() + response.body.size() + kRowOverhead;
}

}  // namespace

ReplayLog::Earlier ReplayLog::find(const std::string& key, std::string_view body,
                                   Instant now) const {
  const auto found = rows_.find(key);
  if (found == rows_.end() || found->second.at + kDay <= now) {
    return {};
  }
  const Row& row = found->second;
  if (row.body_size != body.size() || row.body_hash != hash_of(body)) {
    return {nullptr, true};
  }
  return {&row.response, false};
}

void ReplayLog::remember(const std::string& key, std::string_view body, Response response,
                         Instant now) {
  if (const auto known = rows_.find(key); known != rows_.end()) {
    bytes_ -= cost_of(key, known->second.response);
    rows_.erase(known);
  }
  bytes_ += cost_of(key, response);
  rows_.emplace(key, Row{hash_of(body), body.size(), std::move(response), now, ++serial_});
  order_.emplace_back(key, serial_);
  while (rows_.size() > kMaxRows || bytes_ > kMaxBytes || order_.size() > 2 * kMaxRows) {
    forget_oldest();
  }
}

void ReplayLog::forget_oldest() {
  const auto [key, serial] = std::move(order_.front());
  order_.pop_front();
  const auto found = rows_.find(key);
  if (found != rows_.end() && found->second.serial == serial) {
    bytes_ -= cost_of(key, found->second.response);
    rows_.erase(found);
  }
}

void ReplayLog::clear() {
  rows_.clear();
  order_.clear();
  bytes_ = 0;
}

}  // namespace pcsim
