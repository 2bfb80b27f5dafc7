#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "pcsim/simulator.h"

namespace pcsim {

/// What `pcsim serve` was asked for.
struct ServeOptions {
  SimulatorOptions simulator{};
  std::filesystem::path ready_file{};
};

/// Reads the arguments after `serve`; the alternative is a sentence that says what to do.
std::variant<ServeOptions, std::string> parse_serve_options(const std::vector<std::string>& args);

/// The text of `pcsim serve --help`.
std::string serve_help();

/// Where certificates, keys and the ready file are kept unless `--state-dir` says otherwise:
/// `pcsim` below XDG_STATE_HOME, or below ~/.local/state.
std::filesystem::path default_state_dir();

/// The ready file in a state directory.
std::filesystem::path ready_file_in(const std::filesystem::path& state_dir);

}  // namespace pcsim
