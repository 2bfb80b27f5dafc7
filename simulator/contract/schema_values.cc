#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "schema_internal.h"

namespace pcsim::schema_detail {
namespace {

using Extended = long double;
static_assert(std::numeric_limits<Extended>::digits >= 64, "must hold any 64 bit integer");
__extension__ using Wide = unsigned __int128;

Extended extended(const Json& number) {
  if (number.is_number_unsigned())
    return static_cast<Extended>(number.get<std::uint64_t>());
  if (number.is_number_integer())
    return static_cast<Extended>(number.get<std::int64_t>());
  return static_cast<Extended>(number.get<double>());
}

// A number without its sign: mantissa * 10^exponent.
struct Decimal {
  std::uint64_t mantissa = 0;
  int exponent = 0;
};

// The decimal a floating point number was most likely written as.
Decimal decimal(const Json& number) {
  Decimal out;
  if (number.is_number_unsigned()) {
    out.mantissa = number.get<std::uint64_t>();
    return out;
  }
  if (number.is_number_integer()) {
    const auto value = number.get<std::int64_t>();
    const auto bits = static_cast<std::uint64_t>(value);
    out.mantissa = value < 0 ? std::uint64_t{0} - bits : bits;
    return out;
  }
  char text[64];
  const double value = std::fabs(number.get<double>());
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific);
  const char* at = text;
  bool fraction = false;
  for (; at != end.ptr && *at != 'e'; ++at) {
    if (*at == '.') {
      fraction = true;
      continue;
    }
    out.mantissa = out.mantissa * 10 + static_cast<std::uint64_t>(*at - '0');
    if (fraction)
      --out.exponent;
  }
  int power = 0;
  if (at != end.ptr)
    ++at;
  if (at != end.ptr && *at == '+')
    ++at;
  std::from_chars(at, end.ptr, power);
  out.exponent += power;
  return out;
}

std::uint64_t power_of_ten(int exponent, std::uint64_t modulus) {
  Wide result = 1 % modulus;
  for (int i = 0; i < exponent; ++i)
    result = result * 10 % modulus;
  return static_cast<std::uint64_t>(result);
}

std::size_t hash_value(const Json& value) {
  const auto mix = [](std::size_t a, std::size_t b) {
    return (a ^ b) * std::size_t{1099511628211U};
  };
  if (value.is_number())
    return std::hash<double>()(value.get<double>());
  if (value.is_string())
    return std::hash<std::string>()(value.get_ref<const std::string&>());
  std::size_t hash = static_cast<std::size_t>(value.type()) + 11;
  if (value.is_boolean())
    return mix(hash, value.get<bool>() ? 1 : 0);
  if (value.is_array()) {
    for (const Json& item : value)
      hash = mix(hash, hash_value(item));
  } else if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      hash = mix(mix(hash, std::hash<std::string>()(key)), hash_value(member));
    }
  }
  return hash;
}

}  // namespace

bool is_integer(const Json& value) {
  if (value.is_number_integer())
    return true;  // signed and unsigned
  if (!value.is_number_float())
    return false;
  const double number = value.get<double>();
  return std::isfinite(number) && std::trunc(number) == number;
}

int compare_numbers(const Json& a, const Json& b) {
  const Extended x = extended(a);
  const Extended y = extended(b);
  if (x < y)
    return -1;
  return x > y ? 1 : 0;
}

bool equal_values(const Json& a, const Json& b) {
  if (a.is_number() && b.is_number())
    return compare_numbers(a, b) == 0;
  if (a.type() != b.type())
    return false;
  if (a.is_array()) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), equal_values);
  }
  if (!a.is_object())
    return a == b;
  if (a.size() != b.size())
    return false;
  for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
    if (x.key() != y.key() || !equal_values(*x, *y))
      return false;
  }
  return true;
}

bool is_multiple_of(const Json& value, const Json& divisor) {
  const Decimal a = decimal(value);
  const Decimal b = decimal(divisor);
  if (a.mantissa == 0)
    return true;
  if (b.mantissa == 0)
    return false;
  const int shift = a.exponent - b.exponent;
  if (shift >= 0) {
    const Wide scaled = Wide{a.mantissa % b.mantissa} * power_of_ten(shift, b.mantissa);
    return scaled % b.mantissa == 0;
  }
  if (shift < -19)
    return false;  // a mantissa has no more than 20 digits
  Wide scaled = b.mantissa;
  for (int i = shift; i < 0; ++i)
    scaled *= 10;
  return a.mantissa % scaled == 0;
}

std::optional<std::pair<std::size_t, std::size_t>> find_duplicate(const Json& array) {
  std::vector<std::pair<std::size_t, std::size_t>> hashes;
  for (std::size_t i = 0; i < array.size(); ++i)
    hashes.emplace_back(hash_value(array[i]), i);
  std::sort(hashes.begin(), hashes.end());
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    for (std::size_t j = i + 1; j < hashes.size() && hashes[j].first == hashes[i].first; ++j) {
      if (equal_values(array[hashes[i].second], array[hashes[j].second])) {
        return std::make_pair(hashes[i].second, hashes[j].second);
      }
    }
  }
  return std::nullopt;
}

bool deeper_than(const Json& value, int levels) {
  if (!value.is_structured())
    return false;
  return levels == 0 || std::any_of(value.begin(), value.end(), [levels](const Json& inner) {
           return deeper_than(inner, levels - 1);
         });
}

}  // namespace pcsim::schema_detail
