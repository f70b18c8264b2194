// SPDX-License-Identifier: MIT
#include "spanlab/tensors_file.hpp"

#include <ATen/ATen.h>

#include <cstring>
#include <fmt/format.h>
#include <fstream>

#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using test::TemporaryFolder;

namespace {

void write_raw(const std::filesystem::path& file, const std::string& header, std::size_t data) {
  std::ofstream stream(file, std::ios::binary);
  std::uint64_t length = header.size();
  stream.write(reinterpret_cast<const char*>(&length), sizeof length);
  stream << header << std::string(data, '\1');
}

std::string failure(const std::filesystem::path& file) {
  try {
    read_tensors(file);
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::data));
    BOOST_TEST(std::string(error.what()).find(file.filename().string()) != std::string::npos);
    return error.what();
  }
  return "no error";
}

void expect(const std::filesystem::path& file, const std::string& header, std::size_t data,
            const std::string& fragment) {
  write_raw(file, header, data);
  std::string message = failure(file);
  BOOST_TEST(message.find(fragment) != std::string::npos, message << " lacks: " << fragment);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tensors_file)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "a.safetensors";
  NamedTensors tensors{{"weight", at::randn({3, 5})},
                       {"ids", at::arange(7)},
                       {"flag", at::ones({3}, at::kByte)},
                       {"double", at::randn({2, 1, 2}, at::kDouble)},
                       {"half", at::randn({3}).to(at::kBFloat16)},
                       {"scalar", at::scalar_tensor(2.5)},
                       {"empty", at::empty({0, 4})},
                       {"turned", at::randn({4, 3}).t()}};
  write_tensors(file, tensors, {{"format", "pt"}, {"note", "a \"b\" \n"}});
  TensorsFile back = read_tensors(file);
  BOOST_TEST(back.metadata.at("note") == "a \"b\" \n");
  BOOST_TEST(back.tensors.size() == tensors.size());
  for (const auto& [name, tensor] : tensors) {
    BOOST_TEST((back.tensors.at(name).scalar_type() == tensor.scalar_type()));
    BOOST_TEST(at::equal(back.tensors.at(name), tensor));
  }
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

BOOST_AUTO_TEST_CASE(changes_stay_private_and_outlive_the_file) {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "a.safetensors";
  write_tensors(file, {{"x", at::zeros({1000})}});
  at::Tensor x = read_tensors(file).tensors.at("x");
  x.fill_(3);
  BOOST_TEST(read_tensors(file).tensors.at("x").sum().item<float>() == 0);
  write_tensors(file, {{"x", at::ones({1000})}});
  std::filesystem::remove(file);
  BOOST_TEST(x.sum().item<float>() == 3000);
}

BOOST_AUTO_TEST_CASE(bad_files_are_named_with_tensor_and_offset) {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "bad.safetensors";
  BOOST_TEST(failure(folder.path() / "none.safetensors").find("does not exist") != std::string::npos);
  BOOST_TEST(failure(folder.path()).find("is a folder, expected a file") != std::string::npos);
  std::ofstream(file).close();
  BOOST_TEST(failure(file).find("truncated: 0 bytes") != std::string::npos);
  std::ofstream(file) << "PK\3\4 this is a zip archive";
  BOOST_TEST(failure(file).find("not a safetensors file") != std::string::npos);
  expect(file, "{\"a\": ", 0, "bad.safetensors (header):1:7: malformed JSON");
  expect(file, "[1,2]", 0, "not a JSON object");
  expect(file, std::string(200, '[') + std::string(200, ']'), 0, "lie more than 100 deep");
  expect(file,
         R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
         R"("a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
         1, "key 'a' stands twice");
  expect(file, R"({"a":{"dtype":"F32","shape":[1]}})", 4,
         "tensor 'a': expected dtype, shape and data_offsets");
  expect(file, R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", 4,
         "needs 8 bytes, its range has 4");
  expect(file, R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4,
         "tensor 'a': impossible shape");
  expect(file, R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 5,
         "tensor 'a': truncated: it ends 8 bytes after the header, but the file 5");
  expect(file, R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 9,
         "5 bytes after the last tensor");
  expect(file,
         R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},)"
         R"("b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}})",
         6, "tensor 'b' at offset 115: overlaps");
  expect(file,
         R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
         R"("b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]}})",
         6, "a gap of 2 bytes");
  for (const char* shape : {"[4611686018427387904,4]", "[4294967296,4294967296]", "[0,4611686018427387904]",
                            "[9223372036854775807]", "[18446744073709551615]", "[1.0]", "[true]", "[\"1\"]",
                            "1", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "null"}) {
    expect(file, fmt::format(R"({{"a":{{"dtype":"F32","shape":{},"data_offsets":[0,4]}}}})", shape), 4,
           "tensor 'a': impossible shape");
  }
  for (const char* offsets : {"[-1,3]", "[0]", "[0,2,4]", "[0.0,4.0]", "[0,18446744073709551615]",
                              "[false,true]", "{}", "\"04\""}) {
    expect(file, fmt::format(R"({{"a":{{"dtype":"F32","shape":[1],"data_offsets":{}}}}})", offsets), 4,
           "tensor 'a': data_offsets must hold two whole numbers");
  }
  expect(file, R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", 4,
         "ends at 0 before it begins at 4");
  expect(file,
         R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775800,9223372036854775807]}})", 4,
         "tensor 'a': truncated");
  expect(file, R"({"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}})", 4,
         "tensor 'a': dtype: expected a text, got 7");
  expect(file, R"({"a":[1,2,3]})", 4, "tensor 'a': expected dtype, shape and data_offsets");
  std::uint64_t length = 1000;
  std::ofstream(file).write(reinterpret_cast<const char*>(&length), sizeof length) << "{}";
  BOOST_TEST(failure(file).find("truncated: the header ends at 1008") != std::string::npos);
}

// Their bytes are passed over, and whoever needs one can say why it does not do.
BOOST_AUTO_TEST_CASE(tensors_of_types_that_are_not_known_here) {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "a.safetensors";
  write_raw(file,
            R"({"q":{"dtype":"F8_E4M3","shape":[3],"data_offsets":[0,3]},)"
            R"("a":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}})",
            5);
  const TensorsFile read = read_tensors(file);
  BOOST_TEST(read.tensors.size() == 1);
  BOOST_TEST(read.tensors.at("a").size(0) == 2);
  BOOST_TEST(read.others.at("q") == "F8_E4M3");
}

BOOST_AUTO_TEST_CASE(a_failed_write_leaves_nothing) {
  TemporaryFolder folder;
  NamedTensors one{{"x", at::zeros({3})}};
  try {
    write_tensors(folder.path() / "absent" / "a.safetensors", one);
    BOOST_ERROR("no error");
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::environment));
  }
  std::filesystem::create_directory(folder.path() / "taken");
  BOOST_CHECK_THROW(write_tensors(folder.path() / "taken", one), Error);
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
