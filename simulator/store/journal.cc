#include "store/journal.h"

#include <algorithm>

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

void Journal::record(Exchange exchange) {
  if (rows_.size() >= kMaxExchanges) {
    rows_.pop_front();
  }
  exchange.serial = ++last_;
  rows_.push_back(std::move(exchange));
}

JournalPage Journal::find(const JournalFilter& filter, std::size_t limit) const {
  JournalPage page;
  page.last = last_;
  const std::uint64_t forgotten = last_ - rows_.size();
  page.evicted = forgotten > filter.after ? forgotten - filter.after : 0;
  for (const Exchange& exchange : rows_) {
    if (page.exchanges.size() < limit && filter.matches(exchange)) {
      page.exchanges.push_back(exchange);
    }
  }
  return page;
}

const Exchange* Journal::of_request(const std::string& request_id) const {
  const auto found = std::find_if(rows_.rbegin(), rows_.rend(), [&](const Exchange& exchange) {
    return equal_ignoring_case(exchange.request_id, request_id);
  });
  return found == rows_.rend() ? nullptr : &*found;
}

void Journal::clear() {
  rows_.clear();
  last_ = 0;
}

}  // namespace pcsim
