#include "app/acts/support_acts.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "codec/arm/support_codec.h"
#include "codec/reference_data.h"
#include "domain/support/resolution.h"

namespace pcsim {
namespace {

std::string text(const ActScene& scene, const char* name) {
  return scene.parameters.value(name, std::string{});
}

/// A whole number from 1 that is sent as text; false when the text is none.
bool read_number(const std::string& digits, std::optional<std::int64_t>& out) {
  if (digits.empty()) {
    return true;
  }
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc{} || stop != end || value < 1) {
    return false;
  }
  out = value;
  return true;
}

}  // namespace

std::optional<ActRefusal> resolve_support_ticket(const ActScene& scene) {
  const std::string id = text(scene, "ticketId");
  std::string key;
  for (const auto& [row_key, ticket] : scene.world.support_tickets) {
    if (ticket.ticket_id == id) {
      key = row_key;
    }
  }
  if (key.empty()) {
    return ActRefusal{404, "there is no support ticket '" + id + "' in this universe"};
  }
  const SupportTicket& ticket = *scene.world.support_tickets.find(key);
  Resolution resolution;
  resolution.cores = wanted_limit(ticket);
  if (!read_number(text(scene, "quantity"), resolution.quantity) ||
      !read_number(text(scene, "cores"), resolution.cores)) {
    return ActRefusal{400, "quantity and cores must be digits in a string"};
  }
  if (const std::string sku = text(scene, "exchangeFor"); !sku.empty()) {
    resolution.exchange = ExchangeTerms{sku, text(scene, "location"), text(scene, "term")};
  }
  const SupportTopic& topic = *scene.reference.support.topic(ticket.classification_id);
  auto problem =
      resolve_ticket(scene.world, scene.env, {scene.reference.catalogue, scene.reference.markets},
                     key, topic, resolution);
  return problem.empty() ? std::nullopt : std::optional{ActRefusal{409, std::move(problem)}};
}

}  // namespace pcsim
