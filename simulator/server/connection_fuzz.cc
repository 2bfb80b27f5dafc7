// Bytes of a connection, cut at will, through the real framing to the gateway and to an answer.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "codec/reference_data.h"
#include "codec/world_file.h"
#include "http/gateway.h"
#include "http/universe_choice.h"
#include "pcsim/embedded.h"
#include "server/http_answer.h"
#include "server/http_framing.h"

namespace {

using namespace pcsim;

/// Takes any text for a token of the demo world's first partner, so that the fuzzer gets past it.
class Trusting : public TokenAuthority {
 public:
  std::string sign(std::string_view text) const override { return std::string{text}; }
  std::string jwks() const override { return "{\"keys\":[]}"; }
  std::optional<std::string> verify(std::string_view token) const override {
    if (token != "t") {
      return std::nullopt;
    }
    return claims;
  }
  std::string claims{};
};

struct Served {
  UniverseRegistry universes{};
  Trusting authority{};
  std::unique_ptr<Gateway> gateway{};

  Served() {
    const Reference& reference = built_in_reference();
    auto world =
        std::get<World>(read_world(*embedded_file("fixtures/worlds/demo.json"), reference.markets));
    const std::string tenant = (*world.partners.begin()).first;
    authority.claims = "{\"tid\":\"" + tenant +
                       "\",\"oid\":\"o\",\"idtyp\":\"user\",\"amr\":[\"mfa\"],\"aud\":"
                       "\"https://api.partnercenter.microsoft.com\",\"pcsim_roles\":31,"
                       "\"exp\":4102444800,\"pcsim_universe\":\"main\"}";
    universes.add(std::make_shared<Universe>(std::string{kMainUniverse},
                                             UniverseStart{std::move(world), 1, 0},
                                             [] { return Instant{1'700'000'000} * kSecond; }));
    gateway = std::make_unique<Gateway>(universes, authority, reference);
  }
};

void check(const Response& response, bool keep_alive) {
  std::string bytes;
  add_answer(bytes, response, {keep_alive, false});
  if (bytes.rfind("HTTP/1.1 ", 0) != 0 || bytes.find("\r\n\r\n") == std::string::npos) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Served target;
  if (size == 0) {
    return 0;
  }
  const std::size_t piece = 1 + data[0];
  std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
  RequestFramer framer;
  while (!bytes.empty()) {
    auto state = framer.feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
    while (state == RequestFramer::State::Complete) {
      check(target.gateway->handle(framer.request()), framer.keep_alive());
      state = framer.next();
    }
    if (state == RequestFramer::State::Refused) {
      check(target.gateway->refuse(framer.request(), framer.error()), false);
      return 0;
    }
  }
  return 0;
}
