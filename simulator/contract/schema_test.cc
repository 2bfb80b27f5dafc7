#include "pcsim/schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "schema_internal.h"
#include "uri.h"

namespace pcsim {
namespace {

using Json = nlohmann::json;

Schema compiled(const char* text, SchemaOptions options = {}) {
  std::string error;
  auto schema = SchemaStore::compile(Json::parse(text), {}, &error, options);
  EXPECT_TRUE(schema.has_value()) << text << ": " << error;
  if (!schema)
    schema = SchemaStore::compile(Json(false), {}, &error);
  return *schema;
}

// The error of a schema which must not compile.
std::string compile_error(const char* text, SchemaOptions options = {}) {
  std::string error;
  const auto schema = SchemaStore::compile(Json::parse(text), {}, &error, options);
  EXPECT_FALSE(schema.has_value()) << text;
  return error;
}

bool valid(const char* schema, const char* instance) {
  const Schema compiled_schema = compiled(schema);
  const Json value = Json::parse(instance);
  const bool verdict = compiled_schema.valid(value);
  EXPECT_EQ(compiled_schema.validate(value).empty(), verdict) << schema << " " << instance;
  return verdict;
}

std::vector<std::string> messages(const char* schema, const char* instance) {
  std::vector<std::string> out;
  for (const Violation& one : compiled(schema).validate(Json::parse(instance))) {
    out.push_back(one.instance_pointer + "|" + one.schema_pointer + "|" + one.keyword + "|" +
                  one.message);
  }
  return out;
}

using Texts = std::vector<std::string>;

TEST(SchemaMessages, NameThePlaceAndTheReason) {
  EXPECT_EQ(messages(R"({"properties":{"a":{"minimum":1}}})", R"({"a":0})"),
            Texts{"/a|#/properties/a/minimum|minimum|must be >= 1 (got 0)"});
  EXPECT_EQ(messages(R"({"type":["string","null"]})", "1.0"),
            Texts{"|#/type|type|must be null or string (got integer)"});
  EXPECT_EQ(messages(R"({"enum":[1,"x"]})", "true"),
            Texts{"|#/enum|enum|must be one of [1,\"x\"] (got true)"});
  EXPECT_EQ(messages(R"({"items":{"maxLength":1}})", R"(["a","bc"])"),
            Texts{"/1|#/items/maxLength|maxLength|must have <= 1 characters (got 2)"});
  EXPECT_EQ(messages(R"({"properties":{"a/b":false}})", R"({"a/b":1})"),
            Texts{"/a~1b|#/properties/a~1b|false|nothing is allowed here"});
}

TEST(SchemaMessages, AllViolationsAreListed) {
  const auto all = messages(
      R"({"required":["x","y"],"properties":{"z":{"type":"string"}},"additionalProperties":false})",
      R"({"z":1,"w":2})");
  EXPECT_EQ(all, (Texts{"|#/required|required|must have the property \"x\"",
                        "|#/required|required|must have the property \"y\"",
                        "|#/additionalProperties|additionalProperties|must not have the property "
                        "\"w\"",
                        "/z|#/properties/z/type|type|must be string (got integer)"}));
}

TEST(SchemaMessages, PointIntoTheDocumentReferredTo) {
  SchemaStore store;
  store.add("root.json",
            Json::parse(R"({"properties":{"p":{"$ref":"common.json#/definitions/port"}}})"));
  store.add("common.json", Json::parse(R"({"definitions":{"port":{"maximum":65535}}})"));
  const Schema* root = store.find("root.json");
  ASSERT_NE(root, nullptr);
  const auto violations = root->validate(Json::parse(R"({"p":70000})"));
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].instance_pointer, "/p");
  EXPECT_EQ(violations[0].schema_pointer, "common.json#/definitions/port/maximum");
  EXPECT_EQ(violations[0].message, "must be <= 65535 (got 70000)");
}

TEST(SchemaMessages, SurviveTextWhichIsNotUtf8) {
  const auto violations = compiled(R"({"type":"integer","const":1})").validate(Json("\xff\xfe"));
  EXPECT_EQ(violations.size(), 2U);
}

TEST(SchemaNumbers, CompareExactly) {
  EXPECT_TRUE(valid(R"({"type":"integer"})", "1.0"));
  EXPECT_FALSE(valid(R"({"type":"integer"})", "1.5"));
  EXPECT_TRUE(valid(R"({"type":"integer"})", "1e300"));
  EXPECT_FALSE(valid(R"({"const":9007199254740993})", "9007199254740992.0"));
  EXPECT_TRUE(valid(R"({"maximum":18446744073709551615})", "18446744073709551615"));
  EXPECT_FALSE(valid(R"({"exclusiveMaximum":18446744073709551615})", "18446744073709551615"));
  EXPECT_FALSE(valid(R"({"minimum":0})", "-9223372036854775808"));
}

TEST(SchemaNumbers, MultiplesAreDecimal) {
  EXPECT_TRUE(valid(R"({"multipleOf":0.01})", "0.07"));
  EXPECT_TRUE(valid(R"({"multipleOf":0.01})", "4.35"));
  EXPECT_TRUE(valid(R"({"multipleOf":0.0001})", "0.0075"));
  EXPECT_FALSE(valid(R"({"multipleOf":0.0001})", "0.00751"));
  EXPECT_TRUE(valid(R"({"multipleOf":1e-8})", "12391239123"));
  EXPECT_FALSE(valid(R"({"multipleOf":3})", "18446744073709551614"));
  EXPECT_TRUE(valid(R"({"multipleOf":3})", "-9223372036854775806"));
  EXPECT_TRUE(valid(R"({"multipleOf":5e-324})", "1e308"));
  EXPECT_FALSE(valid(R"({"multipleOf":0.123456789})", "1e308"));
  EXPECT_FALSE(valid(R"({"multipleOf":1e308})", "1e-308"));
  EXPECT_TRUE(valid(R"({"multipleOf":7})", "0.0"));
}

TEST(SchemaValues, EqualityKnowsNumbersAndBooleans) {
  EXPECT_FALSE(valid(R"({"uniqueItems":true})", "[1,1.0]"));
  EXPECT_FALSE(valid(R"({"uniqueItems":true})", "[0,-0.0]"));
  EXPECT_TRUE(valid(R"({"uniqueItems":true})", R"([0,false,1,true,"",null,[],{}])"));
  EXPECT_FALSE(valid(R"({"uniqueItems":true})", R"([{"a":[1]},{"b":1},{"a":[1.0]}])"));
  EXPECT_TRUE(valid(R"({"const":{"a":1,"b":2}})", R"({"b":2.0,"a":1})"));
  EXPECT_FALSE(valid(R"({"enum":[0]})", "false"));
  EXPECT_TRUE(valid(R"({"maxLength":2})", "\"\\ud83d\\ude00x\""));
}

TEST(SchemaPatterns, FollowEcma) {
  EXPECT_TRUE(valid(R"({"pattern":"^\\d+$"})", R"("123")"));
  EXPECT_FALSE(valid(R"({"pattern":"^\\d+$"})", R"("123\n")"));
  EXPECT_FALSE(valid(R"({"pattern":"^\\d$"})", R"("߀")"));
  EXPECT_TRUE(valid(R"({"pattern":"^\\cC\\x41\\u0042\\u{43}\\/\\-$"})", R"("\u0003ABC/-")"));
  EXPECT_TRUE(valid(R"({"pattern":"^\\ud83d\\udc32*$"})", R"("🐲🐲")"));
  EXPECT_TRUE(valid(R"({"pattern":"^\\s[\\s]\\S[^\\S]$"})", "\"\\ufeff\\u00a0x\\u000b\""));
  EXPECT_TRUE(valid(R"({"pattern":"^[[:a]+[^]$"})", R"("[:ab")"));
  EXPECT_FALSE(valid(R"({"pattern":"[]"})", R"("a")"));
  EXPECT_FALSE(valid(R"({"pattern":"^.$"})", R"("\u2028")"));
  EXPECT_TRUE(valid(R"({"pattern":"^(?<year>\\d{4})\\p{Letter}$"})", R"("2024é")"));
  EXPECT_TRUE(valid(R"({"pattern":"b"})", R"("abc")"));
  EXPECT_NE(compile_error(R"json({"pattern":"(?=a)"})json").find("look-around"), std::string::npos);
  EXPECT_NE(compile_error(R"json({"pattern":"(a)\\1"})json").find("back ref"), std::string::npos);
  EXPECT_NE(compile_error(R"({"pattern":"\\Aa\\Z"})").find("unknown escape"), std::string::npos);
  for (const char* bad : {"(", "[a", "a\\", "\\u12", "\\x1", "\\c1", "\\p", "(?i)a"}) {
    EXPECT_FALSE(SchemaStore::compile(Json{{"pattern", bad}}, {}, nullptr)) << bad;
  }
}

struct FormatCase {
  const char* format;
  const char* text;
  bool expected;
};

class SchemaFormats : public ::testing::TestWithParam<FormatCase> {};

TEST_P(SchemaFormats, AreAsserted) {
  const FormatCase& one = GetParam();
  const auto check = schema_detail::find_format(one.format);
  ASSERT_NE(check, nullptr);
  EXPECT_EQ(check(one.text), one.expected) << one.format << " " << one.text;
  const auto schema = SchemaStore::compile(Json{{"format", one.format}}, {}, nullptr);
  ASSERT_TRUE(schema);
  EXPECT_EQ(schema->valid(Json(one.text)), one.expected);
  EXPECT_TRUE(schema->valid(Json(1)));
}

constexpr FormatCase kFormatCases[] = {
    {"date", "2024-02-29", true},
    {"date", "2023-02-29", false},
    {"date", "1900-02-29", false},
    {"date", "2024-2-09", false},
    {"date", "2024-13-01", false},
    {"time", "23:59:60Z", true},
    {"time", "22:59:60Z", false},
    {"time", "01:29:60+01:30", true},
    {"time", "08:30:06.283185+24:00", false},
    {"time", "08:30:06", false},
    {"time", "08:30:06.Z", false},
    {"date-time", "2024-01-01T00:00:00Z", true},
    {"date-time", "2024-01-01t00:00:00.5-08:00", true},
    {"date-time", "2024-01-01 00:00:00Z", false},
    {"date-time", "2024-01-01", false},
    {"email", "joe.bloggs@example.com", true},
    {"email", "\"joe bloggs\"@example.com", true},
    {"email", "joe@[127.0.0.1]", true},
    {"email", "joe@[IPv6:::1]", true},
    {"email", ".joe@example.com", false},
    {"email", "jo..e@example.com", false},
    {"email", "example.com", false},
    {"uri", "http://foo.bar/?q=a#b", true},
    {"uri", "urn:oasis:names:specification:docbook", true},
    {"uri", "http://[::1]:8080/%20", true},
    {"uri", "http://[::g]/", false},
    {"uri", "http://a:b/", false},
    {"uri", "//foo.bar", false},
    {"uri", "http://a b", false},
    {"uri", "http://a/%2", false},
    {"uri-reference", "../a#b", true},
    {"uri-reference", "a\\b", false},
    {"uuid", "2EB8AA08-aa98-11ea-b4aa-73b441d16380", true},
    {"uuid", "2eb8aa08aa9811eab4aa73b441d16380", false},
    {"uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g", false},
    {"ipv4", "192.168.0.1", true},
    {"ipv4", "192.168.0", false},
    {"ipv4", "256.1.1.1", false},
    {"ipv4", "1.1.1.01", false},
    {"ipv4", "1.1.1.1.", false},
    {"ipv6", "::", true},
    {"ipv6", "1::d6:192.168.0.1", true},
    {"ipv6", "1:2:3:4:5:6:7:8", true},
    {"ipv6", "1:2:3:4:5:6:7::", true},
    {"ipv6", "1:2:3:4:5:6:7:8::", false},
    {"ipv6", "1::2::3", false},
    {"ipv6", ":2:3", false},
    {"ipv6", "12345::", false},
    {"ipv6", "fe80::a%eth1", false},
    {"hostname", "www.example.com", true},
    {"hostname", "-a.example", false},
    {"hostname", "a..b", false},
    {"hostname", "a_b", false},
    {"hostname", "", false},
    {"json-pointer", "/a~0b", true},
    {"json-pointer", "/a~2", false},
    {"regex", "^a+$", true},
    {"regex", "^(a", false},
};

INSTANTIATE_TEST_SUITE_P(Each, SchemaFormats, ::testing::ValuesIn(kFormatCases));

TEST(SchemaOptionsTest, FormatsMayBeAnnotations) {
  SchemaOptions options;
  options.assert_formats = false;
  EXPECT_TRUE(compiled(R"({"format":"ipv4"})", options).valid(Json("x")));
  EXPECT_TRUE(compiled(R"({"format":"no such"})", options).valid(Json("x")));
}

TEST(SchemaOptionsTest, UnknownKeywordsAreErrorsUnlessTolerated) {
  const char* const text = R"({"properties":{"a":{"minimun":1}}})";
  EXPECT_EQ(compile_error(text), "#/properties/a: unknown keyword \"minimun\"");
  EXPECT_NE(compile_error(R"({"format":"ipv5"})").find("unknown format"), std::string::npos);
  EXPECT_NE(compile_error(R"({"$schema":"http://json-schema.org/draft-04/schema#"})"), "");
  SchemaOptions options;
  options.tolerate_unknown_keywords = true;
  EXPECT_TRUE(compiled(text, options).valid(Json::parse(R"({"a":0})")));
}

TEST(SchemaCompile, MalformedKeywordsAreErrors) {
  for (const char* text : {"1",
                           R"({"type":"float"})",
                           R"({"type":[]})",
                           R"({"type":[1]})",
                           R"({"enum":1})",
                           R"({"minimum":"1"})",
                           R"({"multipleOf":0})",
                           R"({"minLength":-1})",
                           R"({"maxItems":1.5})",
                           R"({"exclusiveMinimum":true})",
                           R"({"pattern":1})",
                           R"({"format":1})",
                           R"({"items":1})",
                           R"({"items":[1]})",
                           R"({"uniqueItems":1})",
                           R"({"required":"a"})",
                           R"({"required":[1]})",
                           R"({"properties":[]})",
                           R"({"properties":{"a":1}})",
                           R"({"patternProperties":{"(":true}})",
                           R"({"dependencies":{"a":1}})",
                           R"({"dependencies":{"a":[1]}})",
                           R"({"allOf":[]})",
                           R"({"anyOf":{}})",
                           R"({"not":1})",
                           R"({"$ref":1})",
                           R"({"$id":1})",
                           R"({"title":1})",
                           R"({"definitions":{"a":{"type":"x"}}})",
                           R"({"readOnly":1})",
                           R"({"examples":1})"}) {
    EXPECT_NE(compile_error(text), "") << text;
  }
  EXPECT_FALSE(SchemaStore::compile(Json(1), {}, nullptr));
}

TEST(SchemaCompile, EndlessReferencesAreErrors) {
  EXPECT_NE(compile_error(R"({"$ref":"#"})").find("without end"), std::string::npos);
  EXPECT_NE(compile_error(R"({"allOf":[{"$ref":"#/definitions/a"}],
                              "definitions":{"a":{"anyOf":[{"$ref":"#"}]}}})"),
            "");
  EXPECT_NE(compile_error(R"({"$ref":"#/definitions/none"})").find("cannot resolve"),
            std::string::npos);
  EXPECT_NE(compile_error(R"({"$ref":"other.json"})").find("other.json"), std::string::npos);
}

TEST(SchemaCompile, DeepDocumentsAndInstancesAreRefused) {
  Json deep = true;
  for (int i = 0; i < 2000; ++i)
    deep = Json{{"not", deep}};
  std::string error;
  EXPECT_FALSE(SchemaStore::compile(deep, {}, &error));
  EXPECT_NE(error, "");
  Json nested = Json::array();
  for (int i = 0; i < 20000; ++i) {
    Json outer = Json::array();
    outer.push_back(std::move(nested));
    nested = std::move(outer);
  }
  EXPECT_FALSE(compiled(R"({"items":{"$ref":"#"}})").valid(nested));
  EXPECT_FALSE(compiled(R"({"not":{"items":{"$ref":"#"}}})").valid(nested));
  EXPECT_FALSE(compiled(R"({"not":{"items":{"$ref":"#"}}})").validate(nested).empty());
  EXPECT_FALSE(compiled(R"({"uniqueItems":true})").validate(nested).empty());
  EXPECT_FALSE(compiled(R"({"enum":[1]})").validate(nested).empty());
}

TEST(SchemaStoreTest, ResolvesAcrossDocuments) {
  SchemaStore store;
  store.add("https://pcsim.example/a/root.json",
            Json::parse(R"({"type":"array","items":{"$ref":"../b/item.json#name"}})"));
  EXPECT_EQ(store.find("https://pcsim.example/a/root.json"), nullptr);
  std::string error;
  EXPECT_EQ(store.find("https://pcsim.example/a/root.json", &error), nullptr);
  EXPECT_NE(error.find("https://pcsim.example/b/item.json#name"), std::string::npos) << error;
  store.add("file.json", Json::parse(R"({"$id":"https://pcsim.example/b/item.json",
      "definitions":{"n":{"$id":"#name","type":"string"}}})"));
  const Schema* schema = store.find("https://pcsim.example/a/root.json", &error);
  ASSERT_NE(schema, nullptr) << error;
  EXPECT_TRUE(schema->valid(Json::parse(R"(["a"])")));
  EXPECT_FALSE(schema->valid(Json::parse("[1]")));
  EXPECT_EQ(store.find("https://pcsim.example/a/root.json"), schema);
  EXPECT_NE(store.find("file.json"), nullptr);
  EXPECT_NE(store.find("file.json#/definitions/n"), nullptr);
  EXPECT_EQ(store.find("none.json", &error), nullptr);
  EXPECT_NE(error, "");
}

TEST(SchemaStoreTest, NamesAreUnique) {
  SchemaStore store;
  store.add("a.json", Json(true));
  store.add("a.json", Json(true));
  EXPECT_NE(store.find("a.json"), nullptr);
  store.add("a.json", Json(false));
  std::string error;
  EXPECT_EQ(store.find("a.json#", &error), nullptr);
  EXPECT_NE(error.find("two schemas"), std::string::npos);
}

TEST(SchemaStoreTest, KnowsTheMetaschema) {
  SchemaStore store;
  std::string error;
  const Schema* meta = store.find("http://json-schema.org/draft-07/schema#", &error);
  ASSERT_NE(meta, nullptr) << error;
  EXPECT_TRUE(meta->valid(Json::parse(R"({"minLength":1})")));
  EXPECT_FALSE(meta->valid(Json::parse(R"({"minLength":-1})")));
}

TEST(SchemaStoreTest, ServesManyThreads) {
  SchemaStore store;
  for (int i = 0; i < 20; ++i) {
    store.add("s" + std::to_string(i), Json{{"items", {{"maximum", i}}}});
  }
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&store] {
      for (int i = 0; i < 20; ++i) {
        const Schema* schema = store.find("s" + std::to_string(i));
        ASSERT_NE(schema, nullptr);
        EXPECT_TRUE(schema->valid(Json::array({i})));
        EXPECT_FALSE(schema->valid(Json::array({i + 1})));
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
}

// RFC 3986 sections 5.4.1 and 5.4.2.
TEST(Uri, ResolvesAsTheRfcSays) {
  const std::pair<const char*, const char*> cases[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {"http:g", "http:g"},
  };
  for (const auto& [reference, expected] : cases) {
    EXPECT_EQ(schema_detail::resolve_uri("http://a/b/c/d;p?q", reference), expected) << reference;
  }
  EXPECT_EQ(schema_detail::resolve_uri("urn:uuid:1", "#a"), "urn:uuid:1#a");
  EXPECT_EQ(schema_detail::resolve_uri("dir/a.json", "b.json"), "dir/b.json");
  EXPECT_EQ(schema_detail::resolve_uri("dir/sub/a.json", "../../b.json"), "b.json");
  EXPECT_EQ(schema_detail::resolve_uri("http://a", "b"), "http://a/b");
  EXPECT_EQ(schema_detail::percent_decode("%25%7e%2"), "%~%2");
}

}  // namespace
}  // namespace pcsim
