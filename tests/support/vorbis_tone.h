// A quarter of a second of a 440 Hz sine (8 kHz, mono, peak 12000 of 32768) as Ogg Vorbis, 2000 frames. Our own tone, run
// once through libvorbis at its lowest quality, since a test cannot compress by itself.
#pragma once
#include <string_view>
#include <vector>

#include "base/types.h"

namespace arietta::test {

inline constexpr std::string_view kVorbisToneBase64 =
    "T2dnUwACAAAAAAAAAAABAAAAAAAAAAQYzSMBHgF2b3JiaXMAAAAAAUAfAAAAAAAAQB8AAAAAAACZAU9nZ1MAAAAAAAAAAAAAAQAAAAEAAABsy1"
    "XYCkT//////////5ADdm9yYmlzNAAAAFhpcGguT3JnIGxpYlZvcmJpcyBJIDIwMjAwNzA0IChSZWR1Y2luZyBFbnZpcm9ubWVudCkAAAAAAQV2"
    "b3JiaXMPQkNWAQAAAQAMUhQhJRlTSmMIlVJSKQUdY1BbRx1j1DlGIWQQU4hJGaV7TyqVWErIEVJYKUUdU0xTSZVSlilFHWMUU0ghU9YxZaFzFE"
    "uGSQklbE2udBZL6JljljFGHWPOWkqdY9YxRR1jUlJJoXMYOmYlZBQ6RsXoYnwwOpWiQii+x95S6S2FiluKvdcaU+sthBhLacEIYXPttdXcSmrF"
    "GGOMMcbF4lMogtCQVQAAAQAAQAQBQkNWAQAKAADCUAxFUYDQkFUAQAYAgAAURXEUx3EcR5IkywJCQ1YBAEAAAAIAACiO4SiSI0mSZFmWZVmWpn"
    "mWqLmqL/uuLuuu7eq6DoSGrAQAgAAAGEahdUwqgxBDykOEFGPQM6MQQwxMxhxjTjSkDDKIM8WQMohbLC6oEAShISsCgCgAAMAYxBhiDDnnpGRS"
    "IueYlE5KA52j1FHKKJUUS4wZpRJbiTGCzlHqKGWUQoylxYxSibHEVAAAQIADAECAhVBoyIoAIAoAgDAGKYWUQowp5hRziDHlHIMMMcYgZM4p6B"
    "iTTkrlnJPOSYkYY84xB5VzTkrnpHLQScmkEwAAEOAAABBgIRQasiIAiBMAMEiSplmaJoqWpomiZ4qq6omiqlqeZ5qeaaqqZ5qqaqqq65qq6sqW"
    "55mmZ5qq6pmmqoqm6rqmqrqup6q2bLqqLpuuatuu7Pq2a7u+7qmqbJuqK+um6sq66sq27rq27Uuep6qiqrquZ6quq7qubquua9uaasquqbqybb"
    "quLbuybOuuLOu6ZqqubLqqLZuuLOuu7Nq2Ksu6L7qubquyrPuqLPu+bOu67tq68Iuua+uqLOu+Ksu+Mdu28Mu6LhyTJ6qqp6qu65mq66qua9uq"
    "69q6ppqubLquLZuqK9uqLOu2K8u2rpmqLJuuK9um68qyKsu+78qybouu6+umLOu6KsvC7uq6Mcy2rfui6+q6Ksu6r8qyrru67vuybgu7pqq6bs"
    "qyr5uyrPu2rgvLrNu6Mbqu76uyLfyqLAu/rvvCMus+Y3RdX1dtWRhW2fZ93feVY9Z1YVltW/ldW2e8vm4Mu278yq0Ly7LatrHMuq0sr68bwy7s"
    "fFv4lZqq2rbpurpuyrKvy7outHXdV0bX9X3Vtn1flWXft4VfaRvDsIyuq/uqLOvCa8vKL+u6sOzCLyyrbSu/q+vKMNu6sNy+sCy/7gvLqtu+7+"
    "q60rV1Zbl9n7Ert/ELAAAYcAAACDChDBQasiIAiBMAQBByDikGoWIKQgihpBBCKhVjUjLmpGTOSSmllBRKSa1iTErmnJTMMSmhlJZKKamEUloq"
    "pcQUSmktpdZiSqnFUEprpaTWSkmtpZRiTK3FGDEmJXNOSuaclJJSayWV1jLnKGUOSuogpJRKKq2k1GLmnKQOOisdhNRKKjGVlGILqcRWSmqtpB"
    "RjKzHV1FqOIaUYS0qxlZRabTHV1lqrNWJMSuaclMw5KiWl1koqrWXOSeogtNQ5KKmk1GIqKcXKOUkdhJQyyKiUlForqcQSUomttBRjKanF1GKu"
    "KcUWQ0ktlpRaLKnE1mKMtbVUUyelxZJSjCWVGFusubbWagylxFZKi7GklFtrMdcWY46hpBZLK7GVlFpsteXYWss1tVRjSq3WFmONMeWUa609p9"
    "ZiTTHV2lqsudWWW8y1505Ka6WUFktKMbbWYo0x5hxKaa2kFFspKcbWWq2txVxDKbGV0losqcTYYqy1xVZjaq3GFlutpbVaa629xlZbLq3V3GKs"
    "PbWUa6y15lhTbQUAAAw4AAAEmFAGCg1ZCQBEAQAAxjDGGIRGKceck9Io5ZxzUirnIISQUuYchBBSypyDUEpLmXMQSkkplJJSaq2FUlJqrbUCAA"
    "AKHAAAAmzQlFgcoNCQlQBAKgCAwXE0TRRV1XV9X7EsUVRV15Vt41csTRRVVXZtW/g1UVRV17Vt2xZ+TRRVVXZl2baFoqq6sm3bsm4Lw6iqrmvb"
    "sm3rqK6r27qt27ovVF1Zlm1bt3Ud17Z13fZ1XfgZs23rtm7rvvAjDEff+CHk4/t0QggAAE9wAAAqsGF1hJOiscBCQ1YCABkAAIAxShmFGDNIMa"
    "YYY0wxxpgAAIABBwCAABPKQKEhKwKAKAAAwDnnnHPOOeecc84555xzzjnnnHOOMcYYY4wxxhhjjDHGGGOMMcYYY4wxxhhjjDHGGGNMAMBOhAPA"
    "ToSFUGjISgAgHAAAQAghKSmllFJKEVPOQUkppZRSqhSDjEpKKaWUUqQUdZRSSimllCKloKSSUkoppZRJSSmllFJKKaWMOkoppZRSSimllFJKKa"
    "WUUkoppZRSSimllFJKKaWUUkoppZRSSimllFJKKaWUUkoppZRSSimllFJKKaWUUkoppZRSSimlVEoppZRSSimllFJKKaUUAGDy4AAAlWDjDCtJ"
    "Z4WjwYWGrAQAcgMAAIUYgxBCaa2kVFJKJVXOQSgllJRKSimVlFKqmIMQSiqppZJSSim10kEooZRQSikllFJKKCWEEEoJoZRUQiuphFJKB6GEEk"
    "IpoYRUSikllM5BKCGFDkJJpZTUQkgddFRSKSGVUkopJaWUOgihlJJSSy2VUlpKqXQSUimpldRSaqm1klIJoaRWSkklpdJaSSW1EkpJJaWUUksp"
    "hVRSSSWEklIqJbWWWkqptdZSSKmVlFJKqaXUUkolpZBKSqmUklJqJZWUUmohlZRKSSmk1EoppaRUQkmppVJaSi21lEpJqbRUUkmllJRKSSmlUk"
    "pLKaUSSkqppZRaSSmFklJKKZWSUksltVRKCiWllFJJqbSUUksplZJSAQBABw4AAAFGVFqInWZceQSOKGSYgAIAAEAAQIAJIDBAUDAKQYAwAgEA"
    "AAAAwAAAHwAARwEQEdGcwQFCgsICQ4PDAwAAAAAAAAAAAAAAgE9nZ1MABNAHAAAAAAAAAQAAAAIAAACv8inYCREPDg8PDg8PEa6cmeNFCQD0WW"
    "kAgIyMjMcAtp2Z3akEALqlAAAAs+sBsp2Z9VQCAEoBAACiMwC2nZndqQQAOiUAAEDVpwC2nZndqQQA+lEAAADX+wa2nZndqQQA68cBAMDbF7ad"
    "md2pBAD6UQQAANd+ALadmd2pBAA6JQEAwP36J6rTUFipBAA6ZQUAGMfsnDIB";

inline std::vector<uint8_t> vorbis_tone() {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<uint8_t> bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : kVorbisToneBase64) {
    if (c == '=') break;
    bits = bits << 6 | uint32_t(kDigits.find(c));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(uint8_t(bits >> count));
  }
  return bytes;
}

}  // namespace arietta::test
