#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/filter.h"
#include "codec/partner_center/invoice.h"
#include "codec/reference_data.h"
#include "codec/time.h"
#include "domain/billing/invoice.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

constexpr std::size_t kMostLines = 2'000;
constexpr std::string_view kPrefix = "OneTime-";

std::vector<Invoice> invoices_for(const Call& call, const Partner& partner) {
  return invoices_of(call.world, call.reference.catalogue, partner, call.env.now);
}

/// Comparison words of a filter, and what each says of the order of two dates.
struct Comparison {
  std::string_view word;
  bool (*holds)(Instant left, Instant right);
};
constexpr std::array kComparisons{
    Comparison{"equals", [](Instant left, Instant right) { return left == right; }},
    Comparison{"notequals", [](Instant left, Instant right) { return left != right; }},
    Comparison{"greaterthan", [](Instant left, Instant right) { return left > right; }},
    Comparison{"greaterthanorequals", [](Instant left, Instant right) { return left >= right; }},
    Comparison{"lessthan", [](Instant left, Instant right) { return left < right; }},
    Comparison{"lessthanorequals", [](Instant left, Instant right) { return left <= right; }}};

const Comparison* comparison(const pc::Filter& leaf) {
  const auto* found = std::find_if(kComparisons.begin(), kComparisons.end(),
                                   [&](const Comparison& row) { return row.word == leaf.op; });
  return found == kComparisons.end() ? nullptr : found;
}

bool allowed_condition(const pc::Filter& leaf) {
  return leaf.field == "invoicedate" && comparison(leaf) != nullptr && parse_instant(leaf.value);
}

/// Takes out the invoices that the request's filter does not want.
Result<std::vector<Invoice>> filtered(const Call& call, std::vector<Invoice> invoices) {
  const auto text = pc::query_value(call, "filter").value_or("");
  if (text.empty()) {
    return invoices;
  }
  PCSIM_TRY(filter, pc::parse_filter(text));
  if (!pc::every_leaf(filter, allowed_condition)) {
    return Error{ErrorCode::InvalidRequestInput, {}, "filter"};
  }
  std::erase_if(invoices, [&](const Invoice& invoice) {
    return !pc::matches(filter, [&](const pc::Filter& leaf) {
      return comparison(leaf)->holds(invoice.date, *parse_instant(leaf.value));
    });
  });
  return invoices;
}

/// The invoice the path names, with or without its kind before the id.
Result<Invoice> path_invoice(const Call& call, const Partner& partner) {
  std::string_view id = call.path.at("invoiceId");
  if (equal_ignoring_case(id.substr(0, kPrefix.size()), kPrefix)) {
    id.remove_prefix(kPrefix.size());
  }
  for (Invoice& invoice : invoices_for(call, partner)) {
    if (equal_ignoring_case(invoice.id, id)) {
      return std::move(invoice);
    }
  }
  return ErrorCode::ResourceNotFound;
}

std::string plain(std::string text) {
  std::erase(text, '_');
  return lower(text);
}

/// Whether the invoice has lines of the provider and type that are asked for; it has one-time
/// charges, and no usage.
Result<bool> wants_charges(const std::string& provider, const std::string& type) {
  constexpr std::array<std::string_view, 5> kProviders{"onetime", "all", "office", "azure",
                                                       "marketplace"};
  constexpr std::array<std::string_view, 2> kTypes{"billinglineitems", "usagelineitems"};
  const auto known = [](const auto& words, const std::string& word) {
    return std::find(words.begin(), words.end(), plain(word)) != words.end();
  };
  if (!known(kProviders, provider)) {
    return Error{ErrorCode::InvalidRequestInput, {}, "provider"};
  }
  if (!known(kTypes, type)) {
    return Error{ErrorCode::InvalidRequestInput, {}, "invoiceLineItemType"};
  }
  return (plain(provider) == "onetime" || plain(provider) == "all") &&
         plain(type) == "billinglineitems";
}

Result<Reply> lines_of(const Call& call, const std::string& provider, const std::string& type) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(invoice, path_invoice(call, *partner));
  PCSIM_TRY(charges, wants_charges(provider, type));
  const auto currency = pc::query_value(call, "currencycode").value_or("");
  std::vector<const InvoiceLine*> found;
  for (const InvoiceLine& line : invoice.lines) {
    if (charges && (currency.empty() || equal_ignoring_case(currency, invoice.currency_code))) {
      found.push_back(&line);
    }
  }
  PCSIM_TRY(page, pc::requested_page(call, found.size(), kMostLines));
  if (page.last - page.first > kMostLines) {
    return Error{ErrorCode::InvalidRequestInput, {}, "size"};
  }
  auto items = pc::Json::array();
  for (auto at = page.first; at < page.last; ++at) {
    items.push_back(invoice_line_json(invoice, *found[at], *partner));
  }
  std::string self = "/invoices/" + invoice.id + "/lineitems?provider=" + plain(provider) +
                     "&invoicelineitemtype=" + plain(type);
  if (!currency.empty()) {
    self += "&currencycode=" + pc::encode_query(currency);
  }
  if (const auto size = pc::query_value(call, "size"); size && *size != "0") {
    self += "&size=" + *size;
  }
  return Reply{0, pc::seek_collection(items, page, self), {}};
}

/// The balances of the partner; without an invoice, one of nothing in the currency of its country.
std::vector<AccountBalance> balances_for(const Call& call, const Partner& partner,
                                         const std::vector<Invoice>& invoices) {
  auto out = balances_of(invoices, call.env.now);
  const Market* home = call.reference.markets.find(partner.country);
  if (out.empty()) {
    AccountBalance none;
    none.currency_code = home == nullptr ? "USD" : home->currency;
    none.currency_symbol = home == nullptr ? "$" : home->currency_symbol;
    out.push_back(std::move(none));
  }
  // The balance in the partner's own currency comes first.
  std::stable_partition(out.begin(), out.end(), [&](const AccountBalance& account) {
    return home != nullptr && account.currency_code == home->currency;
  });
  return out;
}

}  // namespace

Result<Reply> handle_ListInvoices(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(invoices, filtered(call, invoices_for(call, *partner)));
  PCSIM_TRY(size, pc::query_number(call, "size"));
  PCSIM_TRY(offset, pc::query_number(call, "offset"));
  const bool paged = call.env.switches.is({Switch::InvoicePaging, "applied"});
  const std::size_t first = paged ? std::min(offset, invoices.size()) : 0;
  const std::size_t last =
      paged && size > 0 && size < invoices.size() - first ? first + size : invoices.size();
  auto items = pc::Json::array();
  for (auto at = first; at < last; ++at) {
    items.push_back(invoice_json(invoices[at], call.env.now));
  }
  std::string self = "/invoices";
  char joint = '?';
  for (const char* name : {"size", "offset", "filter"}) {
    if (const auto value = pc::query_value(call, name); value && !value->empty()) {
      self += joint + std::string{name} + "=" + pc::encode_query(*value);
      joint = '&';
    }
  }
  return Reply{0, pc::collection(items, self), {}};
}

Result<Reply> handle_GetInvoice(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(invoice, path_invoice(call, *partner));
  return Reply{0, invoice_json(invoice, call.env.now).dump(), {}};
}

Result<Reply> handle_ListInvoiceLines(const Call& call) {
  return lines_of(call, pc::query_value(call, "provider").value_or(""),
                  pc::query_value(call, "invoicelineitemtype").value_or(""));
}

Result<Reply> handle_ListInvoiceLinesOfType(const Call& call) {
  return lines_of(call, call.path.at("provider"), call.path.at("lineItemType"));
}

Result<Reply> handle_GetInvoiceSummary(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  const auto invoices = invoices_for(call, *partner);
  const auto accounts = balances_for(call, *partner, invoices);
  return Reply{0, account_balance_json(accounts.front(), call.env.now).dump(), {}};
}

Result<Reply> handle_ListInvoiceSummaries(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  const auto invoices = invoices_for(call, *partner);
  auto items = pc::Json::array();
  for (const AccountBalance& account : balances_for(call, *partner, invoices)) {
    items.push_back(account_balance_json(account, call.env.now));
  }
  return Reply{0, pc::collection(items, "/invoices/summaries"), {}};
}

}  // namespace pcsim
