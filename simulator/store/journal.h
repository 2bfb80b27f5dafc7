#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "store/exchange.h"

namespace pcsim {

/// What a look into the journal is about; empty members match everything.
struct JournalFilter {
  std::string operation{}, method{}, path{}, principal{}, outcome{}, request_id{};
  int status = 0;           ///< 4 stands for all of 400 to 499
  std::uint64_t after = 0;  ///< serials beyond this one
  bool matches(const Exchange& exchange) const;
};

/// A journal's rows that fit a filter, and what it can no longer tell.
struct JournalPage {
  std::vector<Exchange> exchanges{};
  std::uint64_t last = 0;     ///< the newest serial there is, whatever fits
  std::uint64_t evicted = 0;  ///< how many of those looked for were forgotten, at most
};

/// The latest exchanges of a universe, numbered from 1. Not thread-safe.
class Journal {
 public:
  static constexpr std::size_t kMaxExchanges = 500;

  /// Numbers and takes an exchange. Beyond the bound the oldest one is given in return.
  void record(Exchange& exchange);

  /// At most `limit` fitting rows, oldest first.
  JournalPage find(const JournalFilter& filter, std::size_t limit = kMaxExchanges) const;

  /// The latest exchange of a request id, or null.
  const Exchange* of_request(const std::string& request_id) const;

  void clear();
  std::uint64_t last() const { return last_; }
  std::size_t size() const { return rows_.size(); }

 private:
  const Exchange& row(std::size_t at) const { return rows_[(oldest_ + at) % rows_.size()]; }

  std::vector<Exchange> rows_{};  ///< a ring once it is full
  std::size_t oldest_ = 0;
  std::uint64_t last_ = 0;
};

}  // namespace pcsim
