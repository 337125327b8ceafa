#include "xmpp/xep/upload.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace queqiao::xmpp {
namespace {

constexpr std::size_t max_headers = 16;  // more than the three names there are can mean

bool is_allowed_header(std::string_view name) {
  constexpr std::array<std::string_view, 3> allowed{"authorization", "cookie", "expires"};
  return std::any_of(allowed.begin(), allowed.end(), [&](auto one) { return equal_ignoring_case(one, name); });
}

std::string without_line_breaks(std::string text) {
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
  return text;
}

}  // namespace

std::optional<UploadRequest> UploadRequest::parse(const xml::Element& request) {
  if (!request.is("request", ns::upload)) return std::nullopt;
  const auto size = parse_number<std::uint64_t>(request.attribute("size"));
  if (!size || request.attribute("filename").empty()) return std::nullopt;
  return UploadRequest{std::string(request.attribute("filename")), *size,
                       std::string(request.attribute("content-type"))};
}

void UploadRequest::write(xml::Writer& writer) const {
  writer.open("request", ns::upload).attribute("filename", name).attribute("size", std::to_string(size));
  if (!type.empty()) writer.attribute("content-type", type);
  writer.close();
}

std::optional<UploadSlot> UploadSlot::parse(const xml::Element& slot) {
  if (!slot.is("slot", ns::upload)) return std::nullopt;
  const auto put = slot.child("put");
  UploadSlot read{std::string(put.attribute("url")), std::string(slot.child("get").attribute("url")), {}};
  if (read.put_url.empty() || read.get_url.empty()) return std::nullopt;
  for (const auto header : put.children()) {
    const auto name = header.attribute("name");
    if (!header.is("header", ns::upload) || !is_allowed_header(name) || read.headers.size() == max_headers) continue;
    read.headers.push_back({std::string(name), without_line_breaks(header.text())});
  }
  return read;
}

void UploadSlot::write(xml::Writer& writer) const {
  writer.open("slot", ns::upload).open("put").attribute("url", put_url);
  for (const auto& [name, value] : headers) writer.open("header").attribute("name", name).text(value).close();
  writer.close().open("get").attribute("url", get_url).close().close();
}

DataForm upload_limits(std::uint64_t max_file_size) {
  DataForm form(FormType::result, ns::upload);
  form.add("max-file-size", std::to_string(max_file_size));
  return form;
}

std::optional<std::uint64_t> upload_size_limit(const DiscoInfo& service) {
  for (const auto& form : service.forms) {
    if (form.form_type() == ns::upload) return form.number<std::uint64_t>("max-file-size");
  }
  return std::nullopt;
}

std::string file_too_large(std::uint64_t max_file_size) {
  std::string out;
  xml::Writer(out)
      .open("file-too-large", ns::upload)
      .open("max-file-size")
      .text(std::to_string(max_file_size))
      .close()
      .close();
  return out;
}

std::optional<std::uint64_t> read_file_too_large(const xml::Element& answer) {
  const auto condition = answer.child("error").child("file-too-large", ns::upload);
  return condition ? parse_number<std::uint64_t>(condition.child("max-file-size").text()) : std::nullopt;
}

}  // namespace queqiao::xmpp
