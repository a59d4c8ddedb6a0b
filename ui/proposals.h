// Melody help between the press and the decision: what was asked, how far it is, what was suggested, which suggestion is
// looked at. Nothing here is in the song; App puts it there when the person keeps it.   [main]
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "assist/song_request.h"
#include "song/document.h"

namespace arietta::ui {

enum class HelpState : uint8_t { kIdle, kAsking, kOffered, kFailed };

class Proposals {
 public:
  HelpState state() const { return state_; }
  const std::string& id() const { return id_; }           // of the question last asked
  double fraction() const { return fraction_; }           // of the way to an answer, 0 to 1
  const std::string& text() const { return text_; }       // while asking: what is going on; failed: why
  const HelpPlace& place() const { return place_; }
  const HelpAnswer& answer() const { return answer_; }    // while offered
  int chosen() const { return chosen_; }
  const Suggestion* suggestion() const;                   // the chosen one; nullptr when nothing is offered
  uint64_t serial() const { return serial_; }             // another number, other ghosts
  bool listening() const { return listening_; }

  // The song as it would be with the chosen suggestion.
  const Document& preview(const Document& song);
  // Whether the track and the bars it is for are as they were when it was asked.
  bool fits(const Document& song) const;

  void ask(const Document& song, HelpPlace place, std::string id);
  void progress(double fraction, std::string_view text);
  void offer(HelpAnswer answer);
  void fail(std::string_view why);
  void choose(int suggestion);
  void listen(bool on) { listening_ = on; }
  void clear();

 private:
  HelpState state_ = HelpState::kIdle;
  HelpPlace place_;
  HelpAnswer answer_;
  std::string id_, text_;
  double fraction_ = 0;
  int chosen_ = 0;
  uint64_t serial_ = 0, asked_about_ = 0;                 // hash of what fits() compares
  bool listening_ = false;
  std::optional<Document> preview_;
};

}  // namespace arietta::ui
