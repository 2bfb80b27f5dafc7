#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pcsim {

/// An exact decimal number of at most six places: money, rates and shares. Sums, differences and
/// products with a count are exact; a product of two numbers is rounded where it says so.
class Decimal {
 public:
  static constexpr int kPlaces = 6;

  constexpr Decimal() = default;

  /// `count` units of the given place: of(1234, 2) is 12.34.
  static Decimal of(std::int64_t count, int places = 0);

  /// `-12.5`: digits, with a point between two of them; nothing when `text` is no such number.
  static std::optional<Decimal> parse(std::string_view text);

  Decimal operator+(Decimal other) const { return Decimal(units_ + other.units_); }
  Decimal operator-(Decimal other) const { return Decimal(units_ - other.units_); }
  Decimal& operator+=(Decimal other) { return *this = *this + other; }
  Decimal operator*(std::int64_t count) const { return Decimal(units_ * count); }

  /// The product with another number, rounded to `places`; halves go away from zero.
  Decimal times(Decimal factor, int places) const;

  /// The part `count` of `whole` equal parts, rounded to `places`; halves go away from zero.
  /// `whole` must be positive.
  Decimal share(std::int64_t count, std::int64_t whole, int places) const;

  /// What it is to `whole` in hundredths, rounded; zero when `whole` is.
  Decimal percent_of(Decimal whole) const;

  /// `count` parts of whole units of `places` whose sum is this number; the last takes the rest.
  std::vector<Decimal> split(int count, int places) const;

  /// With exactly `places` digits behind the point.
  std::string text(int places) const;

  /// The nearest binary number, for formats that know no other.
  double nearest() const;

  auto operator<=>(const Decimal&) const = default;

 private:
  // Wide enough for a billion of the dearest reservations in the smallest currency.
  __extension__ using Units = __int128;
  constexpr explicit Decimal(Units units) : units_(units) {}

  Units units_ = 0;  ///< millionths
};

}  // namespace pcsim
