// A buffer of recorded sound between worklet and page: f64 context frame of its first sample, u32 frames, u32 reserved, then
// mono floats.
export const RECORD_FRAMES = 4096;
export const RECORD_HEADER = 16;
