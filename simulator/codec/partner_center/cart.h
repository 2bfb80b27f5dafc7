#pragma once

#include <nlohmann/json_fwd.hpp>

#include "codec/json_writer.h"
#include "domain/commerce/cart.h"
#include "domain/world.h"

namespace pcsim {

/// Reads a cart body; member names are in lower case.
CartDraft read_cart(const nlohmann::json& body);

/// A cart as it is answered; the errors of its lines speak `locale`.
void write_cart(JsonPlace place, const Cart& cart, Locale locale);

/// What a line that cannot be bought says: `{errorCode,errorDescription}`.
nlohmann::ordered_json line_error_json(ErrorCode error, Locale locale);

}  // namespace pcsim
