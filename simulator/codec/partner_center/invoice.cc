#include "codec/partner_center/invoice.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "codec/partner_center/collection.h"
#include "codec/time.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;
using partner_center::add_attributes;
using partner_center::add_text;
using partner_center::link;

/// Dates of invoices have no zone.
std::string local_time(Instant at) {
  std::string out = to_iso(at);
  out.pop_back();
  return out;
}

std::string term_and_cycle(const InvoiceLine& line) {
  const std::string& term = line.line->term_duration;
  const std::string cycle = line.order->billing_cycle == "one_time"  ? "One-Time"
                            : line.order->billing_cycle == "monthly" ? "Monthly"
                                                                     : "Annual";
  if (term == "P1Y" || term == "P3Y") {
    return (term == "P1Y" ? "1 Year/" : "3 Years/") + cycle;
  }
  return cycle;
}

}  // namespace

ordered_json invoice_json(const Invoice& invoice, Instant now) {
  const std::string uri = "/invoices/OneTime-" + invoice.id;
  ordered_json detail;
  detail["invoiceLineItemType"] = "billing_line_items";
  detail["billingProvider"] = "one_time";
  detail["links"]["self"] = link(uri + "/lineitems/OneTime/BillingLineItems");
  add_attributes(detail, "InvoiceDetail");
  ordered_json out;
  out["id"] = invoice.id;
  out["invoiceDate"] = to_iso(invoice.date);
  out["billingPeriodStartDate"] = to_iso(invoice.period_start);
  out["billingPeriodEndDate"] = to_iso(invoice.date - kSecond);
  out["totalCharges"] = invoice.total.nearest();
  out["paidAmount"] = invoice.due > now ? 0.0 : invoice.total.nearest();
  out["currencyCode"] = invoice.currency_code;
  out["currencySymbol"] = invoice.currency_symbol;
  out["pdfDownloadLink"] = "/invoices/" + invoice.id + "/documents/statement";
  out["invoiceDetails"] = ordered_json::array();
  out["invoiceDetails"].push_back(std::move(detail));
  out["documentType"] = "invoice";
  out["invoiceType"] = "OneTime";
  out["links"]["self"] = link(uri);
  add_attributes(out, "Invoice");
  return out;
}

ordered_json invoice_line_json(const Invoice& invoice, const InvoiceLine& line,
                               const Partner& partner) {
  const Customer& customer = *line.customer;
  const CatalogueItem& item = line.item;
  ordered_json out;
  out["partnerId"] = partner.tenant_id;
  out["customerId"] = customer.id;
  out["customerName"] = customer.company_name;
  out["customerDomainName"] = customer.domain;
  out["customerCountry"] = customer.market;
  out["invoiceNumber"] = invoice.id;
  add_text(out, "mpnId", partner.mpn_id);
  add_text(out, "resellerMpnId", line.line->partner_on_record);
  out["orderId"] = line.order->id;
  out["orderDate"] = to_iso(line.order->created);
  out["productId"] = item.product->id;
  out["skuId"] = item.sku->id;
  out["availabilityId"] = item.availability == nullptr ? std::string{} : item.availability->id;
  out["productName"] = item.product->title;
  out["skuName"] = item.sku->title;
  out["chargeType"] = line.credit ? "cancelImmediate" : line.first ? "new" : "cycleFee";
  out["unitPrice"] = line.unit_price.nearest();
  out["effectiveUnitPrice"] = line.unit_price.nearest();
  out["unitType"] = "";
  out["quantity"] = line.quantity;
  out["subtotal"] = line.subtotal.nearest();
  out["taxTotal"] = line.tax.nearest();
  out["totalForCustomer"] = line.total.nearest();
  out["currency"] = invoice.currency_code;
  out["publisherName"] = item.product->publisher;
  out["subscriptionDescription"] =
      line.line->friendly_name.empty() ? item.sku->title : line.line->friendly_name;
  add_text(out, "subscriptionId", line.line->subscription_id);
  out["subscriptionStartDate"] = to_iso(line.order->created);
  out["subscriptionEndDate"] = to_iso(line.end);
  out["chargeStartDate"] = to_iso(line.start);
  out["chargeEndDate"] = to_iso(line.end);
  out["termAndBillingCycle"] = term_and_cycle(line);
  out["alternateId"] = line.order->alternate_id;
  out["pricingCurrency"] = "USD";
  out["pcToBCExchangeRate"] = invoice.currency.rate.nearest();
  out["pcToBCExchangeRateDate"] = local_time(line.date);
  out["billableQuantity"] = line.quantity;
  add_text(out, "reservationOrderId", line.reservation_order_id);
  add_text(out, "billingFrequency", line.monthly_part ? "Monthly" : "");
  out["productQualifiers"] = ordered_json::array();
  out["invoiceLineItemType"] = "billing_line_items";
  out["billingProvider"] = "one_time";
  add_attributes(out, "OneTimeInvoiceLineItem");
  return out;
}

ordered_json account_balance_json(const AccountBalance& account, Instant now) {
  ordered_json amounts;
  amounts["balanceAmount"] = account.balance.nearest();
  amounts["currencyCode"] = account.currency_code;
  amounts["currencySymbol"] = account.currency_symbol;
  amounts["accountingDate"] = to_iso(now);
  if (account.latest != nullptr) {
    amounts["firstInvoiceCreationDate"] = to_iso(account.first->date);
    if (account.last_paid != nullptr) {
      amounts["lastPaymentDate"] = to_iso(account.last_paid->due);
      amounts["lastPaymentAmount"] = account.last_paid->total.nearest();
    }
    amounts["latestInvoiceDate"] = to_iso(account.latest->date);
  }
  ordered_json detail;
  detail["invoiceType"] = "OneTime";
  detail["summary"] = amounts;
  ordered_json out = amounts;
  out["details"] = ordered_json::array();
  out["details"].push_back(std::move(detail));
  out["links"]["self"] = link("/invoices/summary");
  add_attributes(out, "InvoiceSummary");
  return out;
}

}  // namespace pcsim
