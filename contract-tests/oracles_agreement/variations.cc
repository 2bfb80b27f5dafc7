#include "variations.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pcsim::agreement {
namespace {

using nlohmann::json;

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

void texts(const std::string& text, std::vector<json>& out) {
  constexpr std::size_t kLong = 1200;
  for (const std::string& other :
       {std::string{}, text + "x", " " + text, text + "\n", upper(text), "\xC3\xA9" + text,
        std::string{"no such word"}, std::string(kLong, 'a'), std::string{"0000-13-45T99:99:99Z"},
        text.substr(0, text.size() / 2)}) {
    if (other != text) {
      out.emplace_back(other);
    }
  }
}

void arrays(const json& array, std::vector<json>& out) {
  out.push_back(json::array());
  json grown = array;
  grown.push_back(nullptr);
  out.push_back(grown);
  if (!array.empty()) {
    grown = array;
    grown.push_back(array.front());
    out.push_back(grown);
    out.emplace_back(std::vector<json>(100, array.front()));
  }
}

void objects(const json& object, std::vector<json>& out) {
  for (const auto& entry : object.items()) {
    json less = object;
    less.erase(entry.key());
    out.push_back(less);
    json renamed = less;
    renamed[upper(entry.key())] = entry.value();
    out.push_back(renamed);
  }
  json more = object;
  more["unheardOf"] = 1;
  out.push_back(more);
}

std::vector<json> replacements(const json& value) {
  std::vector<json> out;
  for (const json& other : {json(nullptr), json(true), json(7), json(1.5), json("text"),
                            json::array(), json::object()}) {
    if (other.type_name() != std::string{value.type_name()} || value.is_number()) {
      out.push_back(other);
    }
  }
  if (value.is_string()) {
    texts(value.get<std::string>(), out);
  } else if (value.is_number()) {
    out.insert(out.end(), {json(-1), json(0), json(1e20), json(2.0), json("7")});
  } else if (value.is_array()) {
    arrays(value, out);
  } else if (value.is_object()) {
    objects(value, out);
  }
  return out;
}

}  // namespace

std::vector<json> variations(const json& instance, const std::string& pointer) {
  const json::json_pointer at(pointer);
  std::vector<json> out;
  for (json& other : replacements(instance.at(at))) {
    json copy = instance;
    copy[at] = std::move(other);
    out.push_back(std::move(copy));
  }
  return out;
}

}  // namespace pcsim::agreement
