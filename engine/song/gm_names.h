// The names of General MIDI's instruments and of their families. Source: General MIDI System Level 1 (RP-003).   [any]
#pragma once
#include <string_view>

namespace arietta {

// By program, 0 to 127.
inline constexpr std::string_view kGmNames[128] = {
    "Grand piano", "Bright piano", "Electric grand", "Honky-tonk piano", "Electric piano", "FM piano", "Harpsichord", "Clavinet",
    "Celesta", "Glockenspiel", "Music box", "Vibraphone", "Marimba", "Xylophone", "Tubular bells", "Dulcimer",
    "Drawbar organ", "Percussive organ", "Rock organ", "Church organ", "Reed organ", "Accordion", "Harmonica", "Bandoneon",
    "Nylon guitar", "Steel guitar", "Jazz guitar", "Clean guitar", "Muted guitar", "Overdriven guitar", "Distortion guitar", "Guitar harmonics",
    "Acoustic bass", "Fingered bass", "Picked bass", "Fretless bass", "Slap bass 1", "Slap bass 2", "Synth bass 1", "Synth bass 2",
    "Violin", "Viola", "Cello", "Double bass", "Tremolo strings", "Pizzicato strings", "Harp", "Timpani",
    "String ensemble", "Slow strings", "Synth strings 1", "Synth strings 2", "Choir aahs", "Voice oohs", "Synth voice", "Orchestra hit",
    "Trumpet", "Trombone", "Tuba", "Muted trumpet", "French horn", "Brass section", "Synth brass 1", "Synth brass 2",
    "Soprano sax", "Alto sax", "Tenor sax", "Baritone sax", "Oboe", "English horn", "Bassoon", "Clarinet",
    "Piccolo", "Flute", "Recorder", "Pan flute", "Blown bottle", "Shakuhachi", "Whistle", "Ocarina",
    "Square lead", "Saw lead", "Calliope lead", "Chiff lead", "Charang lead", "Voice lead", "Fifths lead", "Bass and lead",
    "New age pad", "Warm pad", "Polysynth pad", "Choir pad", "Bowed pad", "Metallic pad", "Halo pad", "Sweep pad",
    "Rain", "Soundtrack", "Crystal", "Atmosphere", "Brightness", "Goblins", "Echoes", "Sci-fi",
    "Sitar", "Banjo", "Shamisen", "Koto", "Kalimba", "Bagpipe", "Fiddle", "Shanai",
    "Tinkle bell", "Agogo", "Steel drums", "Woodblock", "Taiko drum", "Melodic tom", "Synth drum", "Reverse cymbal",
    "Fret noise", "Breath noise", "Seashore", "Bird tweet", "Telephone", "Helicopter", "Applause", "Gunshot",
};

// By program / 8.
inline constexpr std::string_view kGmFamilies[16] = {
    "Piano", "Chromatic percussion", "Organ", "Guitar", "Bass", "Strings", "Ensemble", "Brass",
    "Reed", "Pipe", "Synth lead", "Synth pad", "Synth effects", "World", "Percussion", "Sound effects",
};

inline constexpr int kDrumBank = 128;

constexpr std::string_view gm_name(int program, int bank) {
  return bank == kDrumBank ? std::string_view("Drums") : kGmNames[program & 127];
}

}  // namespace arietta
