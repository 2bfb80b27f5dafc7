#include "domain/commerce/line_prices.h"

#include "pcsim/text.h"

namespace pcsim {
namespace {

Decimal with_tax(Decimal net, const Tax& tax, int places) {
  return tax.included ? net + net.times(tax.rate, places) : net;
}

}  // namespace

Decimal PriceView::shown(Decimal usd) const {
  return with_tax(usd.times(currency.rate, currency.places), tax, currency.places);
}

Decimal PriceView::shown_usd(Decimal usd) const { return with_tax(usd, tax, 2); }

PriceView price_view(const PriceList& prices, const std::string& currency_code,
                     const std::string& partner_country) {
  return {prices.currency(currency_code), prices.tax(partner_country)};
}

const Partner* billing_partner(const World& world, const Customer& customer) {
  for (const auto& [tenant, partner] : world.partners) {
    if (equal_ignoring_case(partner.domain, customer.partner_key)) {
      return &partner;
    }
  }
  return nullptr;
}

Decimal list_price(const Catalogue& catalogue, const OrderLine& line) {
  const CatalogueItem item = catalogue.item(line.offer_id);
  const PriceRow* row =
      item.sku == nullptr ? nullptr : catalogue.prices().sku(item.product->id, item.sku->id);
  return row == nullptr ? Decimal{} : row->price;
}

Decimal partner_list_price(const Catalogue& catalogue, const OrderLine& line,
                           const Partner* partner) {
  const Decimal listed = list_price(catalogue, line);
  if (partner == nullptr || partner->reservation_discount == Decimal{}) {
    return listed;
  }
  const CatalogueItem item = catalogue.item(line.offer_id);
  const bool reservation = item.product != nullptr && item.product->reservation();
  return reservation ? listed - listed.times(partner->reservation_discount, 2) : listed;
}

std::vector<Decimal> unit_prices(const World& world, const Catalogue& catalogue,
                                 const Order& order) {
  const Customer* customer = world.customers.find(lower(order.customer_id));
  const Partner* partner = customer == nullptr ? nullptr : billing_partner(world, *customer);
  const PriceView view = price_view(catalogue.prices(), order.currency_code,
                                    partner == nullptr ? std::string{} : partner->country);
  std::vector<Decimal> out;
  for (const OrderLine& line : order.lines) {
    out.push_back(view.shown(partner_list_price(catalogue, line, partner)));
  }
  return out;
}

}  // namespace pcsim
