#include "http/compression.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace pcsim {
namespace {

TEST(Compression, ReadsTheCodingsAClientTakes) {
  EXPECT_TRUE(accepts_gzip("gzip"));
  EXPECT_TRUE(accepts_gzip("br, GZIP;q=0.5"));
  EXPECT_TRUE(accepts_gzip("identity;q=0.1, *"));
  EXPECT_FALSE(accepts_gzip(""));
  EXPECT_FALSE(accepts_gzip("br, deflate"));
  EXPECT_FALSE(accepts_gzip("gzip; q=0, *"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0.000"));
}

TEST(Compression, KeepsTheBytes) {
  const std::string body = "\xEF\xBB\xBF{\"items\":[" + std::string(10'000, '1') + "]}";
  Request request;
  request.headers.add("Accept-Encoding", "gzip, br");
  Response response;
  response.body = body;
  compress(request, response);
  ASSERT_EQ(response.headers.find("Content-Encoding").value_or(""), "gzip");
  EXPECT_LT(response.body.size(), body.size());

  std::string plain(body.size() + 1, '\0');
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(response.body.data());
  stream.avail_in = static_cast<uInt>(response.body.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  plain.resize(stream.total_out);
  inflateEnd(&stream);
  EXPECT_EQ(plain, body);
}

TEST(Compression, LeavesWhatNobodyAskedFor) {
  Response response;
  response.body = "{}";
  compress(Request{}, response);
  EXPECT_EQ(response.body, "{}");
  EXPECT_FALSE(response.headers.find("Content-Encoding"));
}

}  // namespace
}  // namespace pcsim
