#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/world.h"

namespace pcsim {

/// What `pcsim serve` was asked for.
struct ServeOptions {
  std::string host = "localhost";
  int port = 8443;
  std::string control_host = "127.0.0.1";
  int control_port = 8444;
  std::filesystem::path world{};
  std::filesystem::path state_dir{};
  std::filesystem::path ready_file{};
  Instant delay = kSecond;
  bool ephemeral_ca = false;
  bool wait_for_rs256 = false;
  std::vector<std::string> hosts{};
  std::optional<std::uint64_t> seed{};
};

/// Reads the arguments after `serve`; the alternative is a sentence that says what to do.
std::variant<ServeOptions, std::string> parse_serve_options(const std::vector<std::string>& args);

/// The text of `pcsim serve --help`.
std::string serve_help();

}  // namespace pcsim
