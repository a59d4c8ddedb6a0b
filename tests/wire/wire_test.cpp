#include "tests/wire/wire_fixture.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "host/hosted_engine.h"

using namespace arietta;

TEST_CASE("The bytes on the wire are those of the fixture (ARIETTA_WRITE_GOLDENS=1 writes it anew)") {
  const char* path = ARIETTA_SOURCE_DIR "/tests/wire/fixture.json";
  if (std::getenv("ARIETTA_WRITE_GOLDENS")) std::ofstream(path, std::ios::binary) << wire_fixture_json();
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  CHECK(text.str() == wire_fixture_json());
}

TEST_CASE("The engine takes every packet of the fixture without complaint") {
  HostedEngine host;
  REQUIRE(host.ok());
  host.render_apart(32);
  host.take_said();
  for (const WirePacket& packet : wire_packets()) {
    CAPTURE(packet.name);
    REQUIRE(host.send_packet(packet.bytes));
    host.render_apart(32);
    for (const HostedEngine::Said& said : host.take_said()) CHECK(said.type != Message::fault);
  }
}
