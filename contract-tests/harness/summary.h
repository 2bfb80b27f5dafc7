#pragma once

#include <gtest/gtest.h>

namespace pcsim::contract {

/// After the last test: compares what was seen with the declaration, and runs the mutation. Does
/// nothing when only some tests ran.
class Summary : public ::testing::Environment {
 public:
  void TearDown() override;
};

}  // namespace pcsim::contract
