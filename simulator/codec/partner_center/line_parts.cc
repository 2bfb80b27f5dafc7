#include "codec/partner_center/line_parts.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/partner_center/collection.h"
#include "codec/partner_center/json_read.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;
using partner_center::add_text;
using partner_center::member;
using partner_center::text_of;

/// In the order of the public SDK's enumeration; a number on the wire is a position.
constexpr std::array<std::string_view, 4> kParticipants{
    "unknown", "transaction_reseller", "consumption_reseller", "additional_transaction_reseller"};

std::string participant_key(const json& node) {
  const std::int64_t position = integer_member(node, "key", -1);
  if (position >= 0 && position < static_cast<std::int64_t>(kParticipants.size())) {
    return std::string{kParticipants[static_cast<std::size_t>(position)]};
  }
  std::string sent = lower(text_of(node, "key"));
  for (const std::string_view key : kParticipants) {
    std::string plain{key};
    std::erase(plain, '_');
    if (sent == key || sent == plain) {
      return std::string{key};
    }
  }
  return std::string{kParticipants.front()};
}

}  // namespace

ProvisioningContext read_provisioning(const json& line) {
  const json& node = member(line, "provisioningcontext");
  ProvisioningContext out;
  out.scope = text_of(node, "scope");
  out.subscription_id = text_of(node, "subscriptionid");
  out.duration = text_of(node, "duration");
  out.entitlement_id = text_of(node, "entitlementid");
  out.parent_subscription_id = text_of(node, "parentsubscriptionid");
  return out;
}

void write_provisioning(JsonPlace place, const ProvisioningContext& context) {
  const JsonObject out{place};
  add_text(out, "subscriptionId", context.subscription_id);
  add_text(out, "scope", context.scope);
  add_text(out, "duration", context.duration);
  add_text(out, "entitlementId", context.entitlement_id);
  add_text(out, "parentSubscriptionId", context.parent_subscription_id);
}

std::string read_renews_to(const json& line) {
  const json& node = member(line, "renewsto");
  if (node.is_array()) {
    return node.empty() ? std::string{} : text_of(node.front(), "termduration");
  }
  return text_of(node, "termduration");
}

void write_renews_to(JsonPlace place, std::string_view term_duration) {
  const JsonObject out{place};
  out["termDuration"] = term_duration;
}

std::vector<Participant> read_participants(const json& line) {
  std::vector<Participant> out;
  const json& nodes = member(line, "participants");
  if (nodes.is_array()) {
    for (const json& node : nodes) {
      out.push_back({participant_key(node), text_of(node, "value")});
    }
  }
  return out;
}

void write_participants(JsonPlace place, const std::vector<Participant>& participants) {
  const JsonArray out{place};
  for (const Participant& one : participants) {
    const JsonObject node{out.next()};
    node["key"] = one.key;
    node["value"] = one.value;
  }
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

std::string version_etag(const std::string& id, std::int64_t version) {
  const std::string text = json_text([&](JsonPlace place) {
    const JsonObject value{place};
    value["id"] = lower(id);
    value["version"] = version;
  });
  std::vector<unsigned char> out(4 * ((text.size() + 2) / 3) + 1);
  const int length =
      EVP_EncodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size()));
  return std::string(out.begin(), out.begin() + length);
}

bool etag_current(std::string_view sent, const std::string& id, std::int64_t version) {
  if (sent.size() > 1 && sent.front() == '"' && sent.back() == '"') {
    sent = sent.substr(1, sent.size() - 2);
  }
  return sent.empty() || sent == version_etag(id, version);
}

}  // namespace pcsim
