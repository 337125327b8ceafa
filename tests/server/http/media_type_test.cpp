#include "server/http/media_type.h"

#include <gtest/gtest.h>

namespace queqiao::server::http {
namespace {

net::http::Fields headers_of(std::string_view type, std::string_view name = "a") {
  net::http::Fields fields;
  add_file_headers(fields, type, name);
  return fields;
}

TEST(MediaType, ParametersAndCaseAreDropped) {
  EXPECT_EQ(media_type(" Image/JPEG ; q=1"), "image/jpeg");
  for (const auto* text : {"", "image", "image/", "/jpeg", "a b/c", "image/jpeg/x", "text/html\r\nX: y"}) {
    EXPECT_EQ(media_type(text), "") << text;
  }
}

TEST(MediaType, PicturesAndSoundsAreShown) {
  for (const auto* type : {"image/png", "image/jpeg", "video/mp4", "audio/ogg"}) {
    EXPECT_EQ(headers_of(type).value("Content-Type"), type);
    EXPECT_TRUE(headers_of(type).value("Content-Disposition").starts_with("inline"));
  }
}

TEST(MediaType, WhatMayRunIsOnlySaved) {
  for (const auto* type :
       {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/javascript", "text/plain",
        "text/css", "application/pdf", "multipart/x-mixed-replace", "image/png, text/html", "nonsense", ""}) {
    const auto fields = headers_of(type);
    EXPECT_TRUE(fields.value("Content-Disposition").starts_with("attachment")) << type;
    const auto sent = fields.value("Content-Type");
    EXPECT_TRUE(sent == "application/octet-stream" || sent == "application/pdf") << type;
  }
}

TEST(MediaType, EveryFileIsInASandbox) {
  EXPECT_NE(headers_of("image/png").value("Content-Security-Policy").find("sandbox"), std::string_view::npos);
}

TEST(MediaType, ANameCannotEndItsField) {
  EXPECT_EQ(headers_of("image/png", "a\"; x=\r\n照.png").value("Content-Disposition"),
            "inline; filename*=UTF-8''a%22%3B%20x%3D%0D%0A%E7%85%A7.png");
}

}  // namespace
}  // namespace queqiao::server::http
