#include "store/journal.h"

#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

bool fits(const std::string& wanted, const std::string& value) {
  return wanted.empty() || equal_ignoring_case(wanted, value);
}

/// A path fits when it is the one wanted, or begins with it before a `*`.
bool fits_path(std::string_view wanted, std::string_view path) {
  if (!wanted.empty() && wanted.back() == '*') {
    wanted.remove_suffix(1);
    return path.substr(0, wanted.size()) == wanted;
  }
  return wanted.empty() || wanted == path;
}

}  // namespace

bool JournalFilter::matches(const Exchange& exchange) const {
  const bool status_fits =
      status == 0 || status == exchange.status || (status < 10 && status == exchange.status / 100);
  return exchange.serial > after && status_fits && fits(operation, exchange.operation) &&
         fits(method, exchange.method) && fits_path(path, exchange.path) &&
         fits(principal, exchange.principal) && fits(outcome, exchange.outcome) &&
         fits(request_id, exchange.request_id);
}

void Journal::record(Exchange& exchange) {
  exchange.serial = ++last_;
  if (rows_.size() < kMaxExchanges) {
    rows_.push_back(std::move(exchange));
    return;
  }
  std::swap(rows_[oldest_], exchange);
  oldest_ = (oldest_ + 1) % kMaxExchanges;
}

JournalPage Journal::find(const JournalFilter& filter, std::size_t limit) const {
  JournalPage page;
  page.last = last_;
  const std::uint64_t forgotten = last_ - rows_.size();
  page.evicted = forgotten > filter.after ? forgotten - filter.after : 0;
  for (std::size_t at = 0; at < rows_.size(); ++at) {
    const Exchange& exchange = row(at);
    if (page.exchanges.size() < limit && filter.matches(exchange)) {
      page.exchanges.push_back(exchange);
    }
  }
  return page;
}

const Exchange* Journal::of_request(const std::string& request_id) const {
  for (std::size_t at = rows_.size(); at > 0; --at) {
    if (equal_ignoring_case(row(at - 1).request_id, request_id)) {
      return &row(at - 1);
    }
  }
  return nullptr;
}

void Journal::clear() {
  rows_.clear();
  oldest_ = 0;
  last_ = 0;
}

}  // namespace pcsim
