#include "codec/json_writer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace pcsim {
namespace {

using nlohmann::ordered_json;

std::string dumped(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string written(std::string_view text) {
  return json_text([&](JsonPlace place) { place = text; });
}

/// The same document written member by member.
void write(JsonPlace place, const ordered_json& value) {
  switch (value.type()) {
    case ordered_json::value_t::object: {
      const JsonObject object{place};
      for (const auto& [name, member] : value.items()) {
        write(object.named(name), member);
      }
      return;
    }
    case ordered_json::value_t::array: {
      const JsonArray array{place};
      for (const auto& element : value) {
        write(array.next(), element);
      }
      return;
    }
    case ordered_json::value_t::string:
      place = value.get_ref<const std::string&>();
      return;
    case ordered_json::value_t::boolean:
      place = value.get<bool>();
      return;
    case ordered_json::value_t::number_integer:
      place = value.get<std::int64_t>();
      return;
    case ordered_json::value_t::number_unsigned:
      place = value.get<std::uint64_t>();
      return;
    case ordered_json::value_t::number_float:
      place = value.get<double>();
      return;
    default:
      place = nullptr;
  }
}

class Documents {
 public:
  explicit Documents(std::uint32_t seed) : random_(seed) {}

  ordered_json document(int depth) {
    switch (below(depth == 0 ? 6 : 8)) {
      case 0:
        return nullptr;
      case 1:
        return below(2) == 0;
      case 2:
        return static_cast<std::int64_t>(bits()) >> below(63);
      case 3:
        return bits() >> below(63);
      case 4:
        return fraction();
      case 5:
        return text();
      case 6: {
        auto array = ordered_json::array();
        for (auto count = below(5); count > 0; --count) {
          array.push_back(document(depth - 1));
        }
        return array;
      }
      default: {
        auto object = ordered_json::object();
        for (auto count = below(5); count > 0; --count) {
          object[text()] = document(depth - 1);
        }
        return object;
      }
    }
  }

  /// Of pieces that are well-formed, cut short, too long or none at all.
  std::string text() {
    static const std::vector<std::string> pieces{"a",
                                                 "Z9 ~",
                                                 "\"",
                                                 "\\",
                                                 "/",
                                                 "\b\f\n\r\t",
                                                 "\x01\x1f",
                                                 "\x7f",
                                                 "é",
                                                 "\u20ac",
                                                 "\u2028",
                                                 "\U0001f600",
                                                 "\xc3",
                                                 "\xe2\x82",
                                                 "\xf0\x9f\x98",
                                                 "\x80",
                                                 "\xc0\xaf",
                                                 "\xed\xa0\x80",
                                                 "\xff",
                                                 "\xf4\x90\x80",
                                                 "\xe0\x80\x80",
                                                 "\xf5\x80",
                                                 "\xf0\x80x",
                                                 "\xef\xbb\xbf"};
    std::string out;
    for (auto count = below(6); count > 0; --count) {
      out += below(8) == 0 ? std::string(1, static_cast<char>(below(256))) : pieces[below(24)];
    }
    return out;
  }

 private:
  std::uint64_t bits() { return random_(); }
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  double fraction() {
    const auto whole = static_cast<double>(static_cast<std::int64_t>(bits()) >> below(63));
    return below(2) == 0 ? whole / 100 : whole;
  }

  std::mt19937_64 random_;
};

TEST(JsonWriter, WritesWhatTheLibraryWrites) {
  Documents documents{20'260'201};
  for (int i = 0; i < 20'000; ++i) {
    const ordered_json document = documents.document(4);
    ASSERT_EQ(json_text([&](JsonPlace place) { write(place, document); }), dumped(document));
  }
}

TEST(JsonWriter, TreatsEveryPairOfBytesAsTheLibraryDoes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      for (const char* tail : {"", "x", "\x80\x80", "\xbf\xbf\xbf"}) {
        const std::string text =
            std::string{static_cast<char>(first), static_cast<char>(second)} + tail;
        ASSERT_EQ(written(text), dumped(text)) << first << ' ' << second;
      }
    }
  }
}

TEST(JsonWriter, KeepsTheOrderAndSeparatesMembers) {
  const std::string text = json_text([](JsonPlace place) {
    const JsonObject out{place};
    out["z"] = "{";
    out["a"] = std::string{"["};
    { const JsonArray empty{out["none"]}; }
    {
      const JsonArray list{out["list"]};
      list.next() = 1;
      { const JsonObject none{list.next()}; }
      list.next() = nullptr;
    }
    out["tree"].tree(ordered_json{{"b", false}});
    out["end"] = true;
  });
  EXPECT_EQ(text,
            R"({"z":"{","a":"[","none":[],"list":[1,{},null],"tree":{"b":false},"end":true})");
}

TEST(JsonWriter, WritesTheLimitsOfNumbers) {
  EXPECT_EQ(json_text([](JsonPlace place) { place = std::numeric_limits<std::int64_t>::min(); }),
            "-9223372036854775808");
  EXPECT_EQ(json_text([](JsonPlace place) { place = std::numeric_limits<std::uint64_t>::max(); }),
            "18446744073709551615");
  EXPECT_EQ(json_text([](JsonPlace place) { place = 100.0; }), "100.0");
  EXPECT_EQ(json_text([](JsonPlace place) { place = std::numeric_limits<double>::infinity(); }),
            "null");
}

}  // namespace
}  // namespace pcsim
