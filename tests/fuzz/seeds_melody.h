// Seed corpus of melody help: questions of every task, answers of the model, and the tables beside its weights.
#pragma once
#include <string_view>
#include <vector>

#include "assist/melody_data.h"

inline std::vector<std::vector<uint8_t>> melody_seeds() {
  constexpr std::string_view kTexts[] = {
      R"({"id":"a","notes":[[0,24,60],[24,12,62],[36,12,64],[48,48,67]],"cut":96,"bars":1,"samples":2,"key":{"tonic":"C","mode":"major"},"meter":"4/4","bar":96})",
      R"({"task":"infill","notes":[[0,24,60],[24,24,62]],"after":[[144,24,67]],"cut":48,"gap_end":144,"meter":"3/4","pickup":24,"scale":[0,2,4],"low":40,"high":80})",
      R"({"task":"vary","notes":[[0,24,60],[24,24,64],[48,24,67]],"cut":24,"gap_end":72,"adventurous":1,"busy":0,"like_me":1,"memory":[[[0,6,60],[6,6,61]]]})",
      R"({"task":"harmonise","notes":[[0,36,60],[36,36,64]],"meter":"6/8","bar":72,"chords":[[0,36,"Am7"],[36,36,"F#dim"]],"greedy":true})",
      R"({"task":"chords","notes":[[0,96,60]],"samples":3})",
      R"({"notes":[[0,24,60],[24,24,62]],"truth":[[48,24,64],[72,200,20]],"detail":true})",
  };
  std::vector<std::vector<uint8_t>> seeds;
  for (const std::string_view text : kTexts) seeds.emplace_back(text.begin(), text.end());
  arietta::MelodyData data;
  data.training = arietta::PhraseFilter(6);
  seeds.push_back(arietta::write_melody_data(data));
  return seeds;
}
