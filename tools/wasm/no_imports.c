// Linked into the stand-alone modules so that they import nothing. The C library would otherwise ask the host to
// end the process and tell it that memory grew; here ending is a trap the host can catch and recover from, and
// hosts look at the memory themselves (eng_memory_epoch).
#include <stddef.h>
#include <stdint.h>

_Noreturn void __wasi_proc_exit(uint32_t code) {
  (void)code;
  __builtin_trap();
}

void emscripten_notify_memory_growth(size_t memory) { (void)memory; }
