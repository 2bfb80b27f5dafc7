#pragma once

#include <mutex>
#include <vector>

#include "domain/catalogue/catalogue.h"

namespace pcsim {

class ReservedSkus {
 public:
  ReservedSkus(PriceList prices, ReservedProduct product);

  /// Any thread may be the first to ask.
  const std::vector<Sku>& skus() const;

 private:
  PriceList prices_;
  ReservedProduct product_;
  mutable std::once_flag made_{};
  mutable std::vector<Sku> skus_{};
};

}  // namespace pcsim
