#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "codec/data_failure.h"
#include "codec/located_json.h"
#include "codec/time.h"
#include "pcsim/text.h"

/// Tables that say how the members of a JSON object fill a struct. A reader answers what was
/// expected when the value does not fit.
namespace pcsim::members {

using Kind = LocatedJson::Kind;
using Refusal = std::optional<std::string>;

/// One row: the member's name, whether it must be there, and its reader.
template <class T>
struct Member {
  std::string_view name;
  bool required;
  Refusal (*read)(const LocatedJson&, T&);
};

template <class Pointer>
struct OwnerOf;
template <class T, class Value>
struct OwnerOf<Value T::*> {
  using Type = T;
};
/// The struct whose member `Field` points to.
template <auto Field>
using Owner = typename OwnerOf<decltype(Field)>::Type;

template <auto Field>
Refusal read_text(const LocatedJson& node, Owner<Field>& target) {
  if (node.kind != Kind::Text) {
    return "must be a string";
  }
  target.*Field = node.text;
  return std::nullopt;
}

template <auto Field>
Refusal read_lowered(const LocatedJson& node, Owner<Field>& target) {
  Refusal refusal = read_text<Field>(node, target);
  target.*Field = lower(target.*Field);
  return refusal;
}

template <auto Field>
Refusal read_guid(const LocatedJson& node, Owner<Field>& target) {
  if (node.kind != Kind::Text || !is_guid(node.text)) {
    return "must be a GUID";
  }
  target.*Field = lower(node.text);
  return std::nullopt;
}

template <auto Field>
Refusal read_flag(const LocatedJson& node, Owner<Field>& target) {
  if (node.kind != Kind::Boolean) {
    return "must be true or false";
  }
  target.*Field = node.boolean;
  return std::nullopt;
}

/// A whole number of any integer type that holds it.
template <auto Field>
Refusal read_number(const LocatedJson& node, Owner<Field>& target) {
  using Value = std::remove_reference_t<decltype(target.*Field)>;
  if (node.kind != Kind::Integer || !std::in_range<Value>(node.integer)) {
    return "must be a whole number";
  }
  target.*Field = static_cast<Value>(node.integer);
  return std::nullopt;
}

template <auto Field>
Refusal read_instant(const LocatedJson& node, Owner<Field>& target) {
  const auto value = node.kind == Kind::Text ? parse_instant(node.text) : std::nullopt;
  if (!value) {
    return "must be a date such as 2024-03-02T09:00:00Z";
  }
  target.*Field = *value;
  return std::nullopt;
}

/// An instant that may be missing.
template <auto Field>
Refusal read_optional_instant(const LocatedJson& node, Owner<Field>& target) {
  const auto value = node.kind == Kind::Text ? parse_instant(node.text) : std::nullopt;
  if (!value) {
    return "must be a date such as 2024-03-02T09:00:00Z";
  }
  target.*Field = value;
  return std::nullopt;
}

template <auto Field>
Refusal read_texts(const LocatedJson& node, Owner<Field>& target) {
  if (node.kind != Kind::Array) {
    return "must be an array of strings";
  }
  for (const LocatedJson& item : node.items) {
    if (item.kind != Kind::Text) {
      return "must be an array of strings";
    }
    (target.*Field).push_back(item.text);
  }
  return std::nullopt;
}

/// Whether a member must be there.
enum class Need { Required, Optional };

template <auto Field>
constexpr Member<Owner<Field>> text(std::string_view name, Need need = Need::Required) {
  return {name, need == Need::Required, &read_text<Field>};
}
template <auto Field>
constexpr Member<Owner<Field>> lowered(std::string_view name, Need need = Need::Required) {
  return {name, need == Need::Required, &read_lowered<Field>};
}
template <auto Field>
constexpr Member<Owner<Field>> guid(std::string_view name, Need need = Need::Required) {
  return {name, need == Need::Required, &read_guid<Field>};
}
template <auto Field>
constexpr Member<Owner<Field>> flag(std::string_view name, Need need = Need::Required) {
  return {name, need == Need::Required, &read_flag<Field>};
}
/// A member whose absence says something else than false.
template <auto Field>
constexpr Member<Owner<Field>> optional_flag(std::string_view name) {
  return {name, false, &read_flag<Field>};
}
template <auto Field>
constexpr Member<Owner<Field>> number(std::string_view name, Need need = Need::Required) {
  return {name, need == Need::Required, &read_number<Field>};
}
template <auto Field>
constexpr Member<Owner<Field>> instant(std::string_view name, Need need = Need::Required) {
  return {name, need == Need::Required, &read_instant<Field>};
}
/// A member whose absence says something else than 1970.
template <auto Field>
constexpr Member<Owner<Field>> optional_instant(std::string_view name) {
  return {name, false, &read_optional_instant<Field>};
}
template <auto Field>
constexpr Member<Owner<Field>> texts(std::string_view name, Need need = Need::Required) {
  return {name, need == Need::Required, &read_texts<Field>};
}

/// A word of `choices`.
template <class Value, std::size_t Size>
Refusal choose(const LocatedJson& node, Value& target,
               const std::array<std::pair<std::string_view, Value>, Size>& choices) {
  std::string expected = "must be one of";
  for (const auto& [name, value] : choices) {
    if (node.kind == Kind::Text && node.text == name) {
      target = value;
      return std::nullopt;
    }
    expected += " " + std::string(name);
  }
  return expected;
}

/// Fills `target` from the object `node`, which stands at `path`; unknown and missing members
/// are failures.
template <class T>
Failure read_object(const LocatedJson& node, const std::string& path,
                    std::span<const Member<T>> members, T& target) {
  if (node.kind != Kind::Object) {
    return DataFailure{path, node.line, "must be an object"};
  }
  for (const auto& [name, value] : node.members) {
    const auto row = std::find_if(members.begin(), members.end(),
                                  [&key = name](const auto& member) { return member.name == key; });
    const std::string member = path + "." + name;
    if (row == members.end()) {
      return DataFailure{member, value.line, "is not a member of this file's format"};
    }
    if (Refusal refusal = row->read(value, target)) {
      return DataFailure{member, value.line, *refusal};
    }
  }
  for (const auto& row : members) {
    const bool present = std::any_of(node.members.begin(), node.members.end(),
                                     [&](const auto& member) { return member.first == row.name; });
    if (row.required && !present) {
      return DataFailure{path + "." + std::string(row.name), node.line, "is missing"};
    }
  }
  return std::nullopt;
}

/// Takes the member `name` out of `node`, so that what stays can be read by a member table.
inline std::optional<LocatedJson> take(LocatedJson& node, std::string_view name) {
  const auto found = std::find_if(node.members.begin(), node.members.end(),
                                  [&](const auto& member) { return member.first == name; });
  if (node.kind != Kind::Object || found == node.members.end()) {
    return std::nullopt;
  }
  LocatedJson value = std::move(found->second);
  node.members.erase(found);
  return value;
}

/// Calls `read(item, where)` for every item of an array.
Failure each(const LocatedJson& node, const std::string& path, auto read) {
  if (node.kind != Kind::Array) {
    return DataFailure{path, node.line, "must be an array"};
  }
  for (std::size_t index = 0; index < node.items.size(); ++index) {
    if (Failure failure = read(node.items[index], path + "[" + std::to_string(index) + "]")) {
      return failure;
    }
  }
  return std::nullopt;
}

/// Appends every object of an array; `Target` has push_back.
template <class T, std::size_t Size, class Target>
Failure read_list(const LocatedJson& node, const std::string& path,
                  const std::array<Member<T>, Size>& members, Target& target) {
  return each(node, path, [&](const LocatedJson& item, const std::string& where) -> Failure {
    T value{};
    if (Failure failure = read_object<T>(item, where, members, value)) {
      return failure;
    }
    target.push_back(std::move(value));
    return std::nullopt;
  });
}

/// Fills a table whose key is the member `key`; equal keys are failures.
template <class T, std::size_t Size, class Target>
Failure read_rows(const LocatedJson& node, const std::string& path,
                  const std::array<Member<T>, Size>& members, Target& target, std::string T::*key) {
  return each(node, path, [&](const LocatedJson& item, const std::string& where) -> Failure {
    T value{};
    if (Failure failure = read_object<T>(item, where, members, value)) {
      return failure;
    }
    const std::string id = value.*key;
    if (target.find(id) != nullptr) {
      return DataFailure{where, item.line, "its id " + id + " appears twice"};
    }
    target.put(id, std::move(value));
    return std::nullopt;
  });
}

}  // namespace pcsim::members
