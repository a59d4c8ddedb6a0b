#include "song/head_coder.h"

#include "song/head_primer.h"
#include "song/number_coder.h"

namespace arietta {
namespace {

template <class Coder>
void pass(Coder& coder, std::vector<uint8_t>& head) {
  NumberModel model(kHeadPrimer.size() + head.size());
  AnswerWriter nobody;
  for (const char byte : kHeadPrimer) model.code(nobody, {}, uint8_t(byte));
  for (uint8_t& byte : head) byte = uint8_t(model.code(coder, {}, byte));
}

}  // namespace

std::vector<uint8_t> code_head(Bytes head) {
  std::vector<uint8_t> bytes(head.begin(), head.end());
  AnswerWriter answers;
  pass(answers, bytes);
  return answers.finish();
}

std::vector<uint8_t> read_head(Bytes coded, size_t size) {
  std::vector<uint8_t> bytes(size);
  AnswerReader answers(coded);
  pass(answers, bytes);
  return bytes;
}

}  // namespace arietta
