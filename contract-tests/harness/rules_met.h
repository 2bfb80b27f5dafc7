#pragma once

#include <map>
#include <string>
#include <vector>

/// Which rules of the simulator the run met: each exchange of a universe tells what its rules saw.
namespace pcsim::contract {

/// The first test that broke a rule, and the first one where it held in a call that succeeded.
struct RuleTests {
  std::string violated_by{}, satisfied_by{};
};

class RulesMet {
 public:
  static RulesMet& instance();

  /// Takes in the exchanges of the steering interface's answer, met by `test`. A refused request
  /// that wrote to its world fails the test.
  void note(const std::string& test, const std::string& exchanges_json);

  /// What is wrong with `file` (rule, violated_by, satisfied_by): a rule that was met and is not in
  /// it, or a test of this program named there that did not do what the file says.
  std::vector<std::string> compare(const std::string& file) const;

  /// Writes the rows of the rules met over `file`; rows that name tests of other programs stay.
  void write(const std::string& file) const;

 private:
  std::map<std::string, RuleTests> first_{};
  std::map<std::string, std::map<std::string, RuleTests>> all_{};  ///< by rule and test
};

}  // namespace pcsim::contract
