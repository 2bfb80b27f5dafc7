#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "pcsim/error_code.h"

namespace pcsim {

/// An expected failure: which documented error, its placeholder values, and where in the request.
struct Error {
  ErrorCode code;
  std::vector<std::string> arguments{};
  std::string pointer{};
};

/// What `error` says in `locale`.
std::string error_text(const Error& error, Locale locale);

/// A value or an Error; member names follow std::expected.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}        // NOLINT(google-explicit-constructor)
  Result(ErrorCode code) : state_(Error{code, {}, {}}) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return has_value(); }
  T& value() { return std::get<T>(state_); }
  const T& value() const { return std::get<T>(state_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value.
struct Done {};

}  // namespace pcsim

/// Leaves the enclosing function with the error of `expression`, otherwise binds its value.
#define PCSIM_TRY(name, expression)  \
  auto name##_result = (expression); \
  if (!name##_result) {              \
    return name##_result.error();    \
  }                                  \
  auto& name = name##_result.value()
