#include "song/open.h"

#include <algorithm>

#include "song/codec.h"
#include "song/json.h"
#include "song/link.h"
#include "song/midi_file.h"
#include "song/midi_parse.h"
#include "song/project_audio.h"

namespace arietta {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr size_t kMaxFileBytes = 64u << 20;

std::string_view as_text(Bytes bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool has_at(Bytes bytes, size_t at, std::string_view tag) {
  return bytes.size() >= at + tag.size() && std::equal(tag.begin(), tag.end(), bytes.begin() + ptrdiff_t(at));
}

// A link stands alone: one short line, with an address around it or not.
bool looks_like_link(std::string_view text) {
  return text.size() <= kMaxLinkCharacters + 2048 && text.find("#s=") != std::string_view::npos &&
         text.find_first_of(kBlanks) == std::string_view::npos;
}

// Files that people try and that need another way in. Empty when it is none of them.
std::string other_kind_of_file(Bytes bytes) {
  const bool riff = has_at(bytes, 0, "RIFF");
  if (riff && has_at(bytes, 8, "sfbk"))
    return "This is a SoundFont: a set of instruments, not a song. Open a song first, then drop the SoundFont on it and "
           "choose it as the instrument of a track.";
  const bool mp3 = has_at(bytes, 0, "ID3") || has_at(bytes, 0, "\xff\xfb") || has_at(bytes, 0, "\xff\xf3");
  if ((riff && has_at(bytes, 8, "WAVE")) || has_at(bytes, 0, "OggS") || has_at(bytes, 0, "fLaC") || mp3)
    return "This is a sound recording, not a song with notes. Arietta opens MIDI files, its own projects and links.";
  if (has_at(bytes, 0, "PK\x03\x04"))
    return "This is a zip archive. Unpack it first, then open the MIDI file or project that is inside.";
  return {};
}

Opened one(Document document, std::string_view format) {
  Opened opened;
  opened.songs.push_back(std::move(document));
  opened.format = format;
  return opened;
}

Result<Opened> wrap(Result<Document> document, std::string_view format) {
  if (!document) return document.error();
  return one(std::move(*document), format);
}

}  // namespace

Result<Opened> open_song(Bytes bytes, std::string_view file_name, uint32_t actor) {
  if (bytes.empty()) return Error{"This file is empty."};
  const bool project = has_at(bytes, 0, kProjectMagic);
  if (project && read_audio_parts(bytes.subspan(std::min(bytes.size(), project_song_bytes(bytes)))).ok())
    bytes = bytes.first(std::min(bytes.size(), project_song_bytes(bytes)));      // recorded sound may be as long as it likes
  if (bytes.size() > kMaxFileBytes)
    return Error{"This file has " + std::to_string(bytes.size() >> 20) + " MB. Songs are never larger than 64 MB."};
  if (std::string sentence = other_kind_of_file(bytes); !sentence.empty()) return Error{std::move(sentence)};

  if (project) return wrap(read_project(bytes, actor), "project");
  const std::string_view text = as_text(bytes);
  if (text.substr(0, 1) == "{") return wrap(song_from_json(text, actor), "json");
  if (looks_like_link(text)) return wrap(read_link(text, actor), "link");
  if (looks_like_midi(bytes)) {
    auto midi = read_midi(bytes, file_name, actor);
    if (!midi) return midi.error();
    return Opened{std::move(midi->songs), std::move(midi->warnings), "midi"};
  }
  const std::string name(file_name.empty() ? "This file" : "\"" + std::string(file_name) + "\"");
  return Error{name + " is not a song that Arietta knows. It opens MIDI files, its own projects and links.", 0};
}

}  // namespace arietta
