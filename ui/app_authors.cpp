// Who wrote the song, in words.
#include <algorithm>
#include <cmath>
#include <map>

#include "ui/app.h"
#include "ui/i18n/text.h"

namespace arietta::ui {
namespace {

struct Share { size_t notes = 0, edited = 0; };

std::string percent(size_t part, size_t all) {
  const double value = 100 * double(part) / double(all);
  return value > 0 && value < 1 ? "<1" : std::to_string(std::lround(value));
}

// " (a third of it changed by you)"; "" when nothing was.
std::string changed_words(const Share& share) {
  if (!share.edited) return {};
  struct Step { double up_to; Text words; };
  constexpr Step kSteps[] = {{0.2, Text::kPartSome},   {0.29, Text::kPartQuarter}, {0.42, Text::kPartThird}, {0.58, Text::kPartHalf},
                             {0.72, Text::kPartTwoThirds}, {0.999, Text::kPartMost},   {2, Text::kPartAll}};
  const double part = double(share.edited) / double(share.notes);
  const auto step = std::find_if(std::begin(kSteps), std::end(kSteps), [&](const Step& s) { return part < s.up_to; });
  return " " + tr(Text::kPartChanged, tr(step->words));
}

}  // namespace

std::string App::author_name(int number) const {
  for (const Id id : document_.children(kSongId, Kind::author)) {
    const Entity& author = *document_.find(id);
    if (author.integer(field::author::number) == number) return std::string(author.text(field::author::name));
  }
  return std::to_string(number);
}

const std::string& App::authorship() const {
  count_authors();
  return authorship_;
}

const std::vector<App::AuthorShare>& App::author_shares() const {
  count_authors();
  return author_shares_;
}

void App::count_authors() const {
  if (authorship_revision_ == revision()) return;
  authorship_revision_ = revision();
  std::map<int, Share> shares;
  size_t all = 0;
  for (const Id track : document_.children(kSongId, Kind::track))
    for (const Id clip : document_.children(track, Kind::clip))
      for (const Id id : document_.children(clip, Kind::note)) {
        const Entity& note = *document_.find(id);
        Share& share = shares[int(note.integer(field::note::author))];
        ++share.notes, ++all;
        share.edited += note.integer(field::note::edited) != 0;
      }
  authorship_.clear();
  author_shares_.clear();
  if (all == 0) {
    authorship_ = tr(Text::kNoNotesYet);
    return;
  }
  // The person, models, files: by who is nearest.
  const auto add = [&](int author, const std::string& words) {
    authorship_ += (authorship_.empty() ? "" : ", ") + words + changed_words(shares[author]);
    author_shares_.push_back({author, float(shares[author].notes) / float(all)});
  };
  if (shares.count(0)) add(0, tr(Text::kShareYou, percent(shares[0].notes, all)));
  for (const auto& [author, share] : shares)
    if (author > 1) add(author, tr(Text::kShareModel, author_name(author), percent(share.notes, all)));
  if (shares.count(1)) add(1, tr(Text::kShareImported, percent(shares[1].notes, all)));
  authorship_ += ".";
}

}  // namespace arietta::ui
