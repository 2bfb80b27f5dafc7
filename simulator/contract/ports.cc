#include "pcsim/ports.h"

namespace pcsim {

std::uint64_t IdSource::next() {
  // splitmix64: small, seedable and free of patterns an id would show.
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

std::string IdSource::hex(int count) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string result;
  result.reserve(static_cast<std::size_t>(count));
  while (static_cast<int>(result.size()) < count) {
    std::uint64_t value = next();
    for (int i = 0; i < 16 && static_cast<int>(result.size()) < count; ++i, value >>= 4U) {
      result.push_back(kDigits[value & 15U]);
    }
  }
  return result;
}

std::string IdSource::guid() {
  const std::string digits = hex(32);
  std::string text(36, '-');
  std::size_t at = 0;
  for (std::size_t i = 0; i < digits.size(); ++i, ++at) {
    if (i == 8 || i == 12 || i == 16 || i == 20) {
      ++at;
    }
    text[at] = digits[i];
  }
  text[14] = '4';
  text[19] = "89ab"[static_cast<unsigned char>(text[19]) % 4];
  return text;
}

}  // namespace pcsim
