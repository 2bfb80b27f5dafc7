#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pcsim {

/// Reads the options of one command: `--name value`, `--name=value` and flags.
class OptionReader {
 public:
  /// Takes a value; the answer is empty, or a sentence that says what to write instead.
  using Take = std::function<std::string(const std::string& value)>;

  explicit OptionReader(std::string command) : command_(std::move(command)) {}

  void value(std::string name, Take take) { values_[std::move(name)] = std::move(take); }
  void text(std::string name, std::string& target);
  void flag(std::string name, bool& target) { flags_[std::move(name)] = &target; }

  /// Nothing when all is well, otherwise a sentence.
  std::optional<std::string> read(const std::vector<std::string>& arguments) const;

 private:
  std::string hint() const { return "; `pcsim " + command_ + " --help` lists the options."; }

  std::string command_;
  std::map<std::string, Take> values_{};
  std::map<std::string, bool*> flags_{};
};

}  // namespace pcsim
