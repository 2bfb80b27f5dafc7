#include "domain/decimal.h"

#include <algorithm>
#include <charconv>

namespace pcsim {
namespace {

__extension__ using Wide = __int128;

constexpr Wide power_of_ten(int exponent) {
  Wide out = 1;
  for (; exponent > 0; --exponent) {
    out *= 10;
  }
  return out;
}

/// The whole number nearest to a quotient; halves go away from zero.
constexpr Wide divide_rounded(Wide value, Wide by) {
  const Wide half = by / 2;
  return (value < 0 ? value - half : value + half) / by;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Decimal Decimal::of(std::int64_t count, int places) {
  return Decimal(count * power_of_ten(kPlaces - places));
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  constexpr std::size_t kMostDigits = 24;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) {
    text.remove_prefix(1);
  }
  const auto point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point < text.size() ? text.substr(point + 1) : std::string_view{};
  if (whole.empty() || whole.size() > kMostDigits || (point < text.size() && part.empty()) ||
      part.size() > static_cast<std::size_t>(kPlaces) ||
      !std::all_of(whole.begin(), whole.end(), is_digit) ||
      !std::all_of(part.begin(), part.end(), is_digit)) {
    return std::nullopt;
  }
  Units units = 0;
  for (const char c : whole) {
    units = units * 10 + (c - '0');
  }
  for (const char c : part) {
    units = units * 10 + (c - '0');
  }
  units *= power_of_ten(kPlaces - static_cast<int>(part.size()));
  return Decimal(negative ? -units : units);
}

Decimal Decimal::times(Decimal factor, int places) const {
  const Wide step = power_of_ten(kPlaces - places);
  return Decimal(divide_rounded(units_ * factor.units_, power_of_ten(kPlaces) * step) * step);
}

Decimal Decimal::share(std::int64_t count, std::int64_t whole, int places) const {
  const Wide step = power_of_ten(kPlaces - places);
  return Decimal(divide_rounded(units_ * count, static_cast<Wide>(whole) * step) * step);
}

Decimal Decimal::percent_of(Decimal whole) const {
  if (whole.units_ <= 0) {
    return {};
  }
  return Decimal(divide_rounded(units_ * 10'000, whole.units_) * power_of_ten(kPlaces - 2));
}

std::vector<Decimal> Decimal::split(int count, int places) const {
  const Wide step = power_of_ten(kPlaces - places);
  const Decimal each(units_ / step / count * step);
  std::vector<Decimal> parts(static_cast<std::size_t>(count), each);
  parts.back() = *this - each * (count - 1);
  return parts;
}

std::string Decimal::text(int places) const {
  const Wide step = power_of_ten(kPlaces - places);
  Wide rest = divide_rounded(units_, step);
  const bool negative = rest < 0;
  rest = negative ? -rest : rest;
  std::string out;
  for (int digit = 0; digit <= places || rest > 0; ++digit) {
    if (digit == places && places > 0) {
      out += '.';
    }
    out += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  }
  if (negative) {
    out += '-';
  }
  std::reverse(out.begin(), out.end());
  return out;
}

double Decimal::nearest() const {
  const std::string digits = text(kPlaces);
  double out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

}  // namespace pcsim
