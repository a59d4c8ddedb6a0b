// The plain-float half of the twin test. tests/CMakeLists.txt compiles this, engine/dsp and engine/devices with
// ARIETTA_SCALAR and under another namespace, so that both engines live in one program.
#if !defined(ARIETTA_SCALAR) || !defined(arietta)
#error "compile this with ARIETTA_SCALAR and arietta=arietta_scalar"
#endif
#include "tests/support/twin_render.h"

std::vector<float> render_scalar_twin(uint16_t kind) { return arietta_scalar::render_twin(kind); }
