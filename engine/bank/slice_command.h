// `studio_cli slice-bank IN.sf3 OUTDIR`: writes OUTDIR/BBB-PPP.sf3 for every preset and OUTDIR/index.json.
#pragma once

namespace arietta {

// 0 when all is written; else 1, with a sentence on standard error.   [main]
int slice_bank_command(const char* in, const char* out_dir);

}  // namespace arietta
